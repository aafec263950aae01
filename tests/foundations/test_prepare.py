"""What a demonstration that is begun over takes away, and what it leaves alone."""

from pathlib import Path

from django.conf import LazySettings

from evenhand.database.management.commands.prepare import Command


def test_a_demonstration_begun_over_takes_its_own_files_and_never_heads_or_disposals_kept_elsewhere(
    settings: LazySettings, tmp_path: Path
) -> None:
    settings.VAR, elsewhere = tmp_path / "var", tmp_path / "elsewhere"
    settings.MEDIA_ROOT, settings.EMAIL_FILE_PATH = settings.VAR / "files", settings.VAR / "outbox"
    settings.HEADS_FOLDER, settings.DISPOSALS_FILE = settings.VAR / "heads", elsewhere / "disposals.jsonl"
    for folder in (settings.MEDIA_ROOT, settings.HEADS_FOLDER, elsewhere):
        folder.mkdir(parents=True)
        (folder / "disposals.jsonl").write_text("{}")
    Command().empty_folders()
    assert not settings.MEDIA_ROOT.exists() and not settings.HEADS_FOLDER.exists()
    assert settings.DISPOSALS_FILE.exists()
