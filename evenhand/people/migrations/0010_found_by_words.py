"""An index over each word of a name or an address, two or three run together, and each word with one letter left out.

Two words that are one slip apart share a form with a letter left out, so that the index alone finds them: a search
reads no row that cannot be meant. Beginnings of postcodes, too, are found by their index.
"""

from django.db import migrations, models

WORDS = """
CREATE FUNCTION people_words(told text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    words text[] := array_remove(string_to_array(told, ' '), '');
    forms text[] := words;
    word text;
    before text := '';
    earlier text := '';
BEGIN
    FOREACH word IN ARRAY words LOOP
        IF before <> '' AND (before || word) !~ '^[0-9]+$' THEN
            forms := forms || (before || word);
            IF earlier <> '' AND (earlier || before) !~ '^[0-9]+$' THEN
                forms := forms || (earlier || before || word);
            END IF;
        END IF;
        earlier := before;
        before := word;
        IF length(word) BETWEEN 2 AND 40 AND word !~ '[0-9]' THEN
            forms := forms || ('~' || word);
            IF length(word) > 2 THEN
                FOR at IN 1 .. length(word) LOOP
                    forms := forms || ('~' || overlay(word placing '' from at for 1));
                END LOOP;
            END IF;
        END IF;
    END LOOP;
    RETURN array_to_tsvector(forms);
END $$;
CREATE INDEX person_words ON people_person USING gin (people_words(search_name));
CREATE INDEX home_words ON people_home USING gin (people_words(search_address));
"""
UNDONE = "DROP INDEX home_words; DROP INDEX person_words; DROP FUNCTION people_words(text);"


class Migration(migrations.Migration):
    dependencies = [("people", "0009_keys")]

    operations = [
        migrations.RunSQL(WORDS, UNDONE),
        migrations.RemoveIndex("home", "home_by_postcode"),
        migrations.AddIndex(
            "home",
            models.Index(fields=["search_postcode"], name="home_by_postcode", opclasses=["varchar_pattern_ops"]),
        ),
    ]
