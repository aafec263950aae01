"""News of a control that is over may be let go of, by a function that does nothing else (rule 19)."""

from django.db import migrations

FORGET = """
CREATE FUNCTION sharing_forget_news(of_case text, of_control text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    -- What stands is told to whoever begins to listen, however old it is.
    IF NOT EXISTS (SELECT FROM sharing_followed kept
            WHERE kept."case" = of_case AND kept.control = of_control AND kept.over) THEN
        RETURN 0;
    END IF;
    DELETE FROM sharing_delivery message USING sharing_change news
        WHERE message.change_id = news.id AND news."case" = of_case AND news.control = of_control;
    DELETE FROM sharing_change news WHERE news."case" = of_case AND news.control = of_control;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
REVOKE ALL ON FUNCTION sharing_forget_news(text, text) FROM PUBLIC;
"""


class Migration(migrations.Migration):

    dependencies = [("sharing", "0007_webhook_order")]

    operations = [migrations.RunSQL(FORGET, "DROP FUNCTION sharing_forget_news(text, text)")]
