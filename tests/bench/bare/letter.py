"""Bare equivalents of line 11: typst alone on the same page, and WeasyPrint on the same words as HTML."""

import json
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import typst
import weasyprint

from evenhand.cases.letter_folder import FONTS as FOLDER

AT = FOLDER.as_uri()
FONTS = weasyprint.text.fonts.FontConfiguration()
STYLE = weasyprint.CSS(
    string=f"""
    @font-face {{ font-family: Letter; src: url({AT}/AtkinsonHyperlegibleNext-Regular.ttf) }}
    @font-face {{ font-family: Letter; src: url({AT}/AtkinsonHyperlegibleNext-Bold.ttf); font-weight: bold }}
    @font-face {{ font-family: Noto; src: url({AT}/NotoSans-Regular.ttf) }}
    @page {{ size: A4; margin: 16mm 22mm 22mm; @bottom-left {{ content: string(reference); color: #4a5857 }}
             @bottom-right {{ content: "Page " counter(page) " of " counter(pages); color: #4a5857 }} }}
    body {{ font: 12pt/1.4 Letter, Noto; color: #14201f }} h1 {{ font-size: 20pt }}
    h2 {{ font-size: 14pt; color: #0a5f5a; break-after: avoid }} ul {{ break-inside: avoid }}
    .head {{ position: relative; height: 72mm }} .window {{ position: absolute; top: 36mm; width: 90mm }}
    .right {{ position: absolute; top: 36mm; right: 0; text-align: right }} .right svg {{ width: 22mm; height: 22mm }}
    .reference {{ string-set: reference content() }} table {{ width: 100%; border-collapse: collapse }}
    th, td {{ text-align: left; padding: 6pt 0; border-bottom: 0.6pt solid #c6cfcd; vertical-align: top }}
    .box {{ background: #eef4f2; border-left: 3.5pt solid #0a5f5a; padding: 0.85em 1em; break-inside: avoid }}
    """,
    font_config=FONTS,
)
"""The look of the standard letter, near enough: its sheet, window, typefaces, sizes, boxes and lines."""


def compiler(source: Path, fonts: typst.Fonts) -> typst.Compiler:
    return typst.Compiler(str(source), root=str(source.parent), font_paths=fonts, ignore_system_fonts=True)


def set_by_typst(with_: typst.Compiler, page: dict[str, Any]) -> bytes:
    made = with_.compile(
        sys_inputs={"letter": json.dumps(page)},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=datetime(page["date"]["year"], page["date"]["month"], page["date"]["day"], tzinfo=UTC),
    )
    assert isinstance(made, bytes)
    return made


def set_by_weasyprint(page: str) -> bytes:
    made: bytes = weasyprint.HTML(string=page).write_pdf(stylesheets=[STYLE], font_config=FONTS, pdf_variant="pdf/ua-1")
    return made


def as_html(page: dict[str, Any]) -> str:
    """The same words, for WeasyPrint."""
    landlord, labels = page["landlord"], page["labels"]
    parts = "".join(
        f"<h2>{escape(part['heading'])}</h2>{''.join(map(_statement, part['blocks']))}" for part in page["parts"]
    ).replace("{what}", escape(labels["table_what"])).replace("{details}", escape(labels["table_details"]))  # fmt: skip
    return f"""<!doctype html><html lang="en-GB"><head><title>{escape(page["title"])}</title></head><body>
        <div class="head"><p><strong>{escape(landlord["name"])}</strong><br>{_lines(landlord["address"])}</p>
        <p>{escape(landlord["telephone"])} · {escape(landlord["email"])} · {escape(landlord["website"])}</p>
        <p class="window">{_lines([page["recipient"]["name"], *page["recipient"]["address"]])}</p>
        <div class="right"><p>{escape(labels["date"])} {escape(page["dated"])}<br>
        {escape(labels["reference"])} <span class="reference">{page["reference"]}</span></p>{page["qr"]}</div></div>
        <p>{escape(labels["dear"])} {escape(page["recipient"]["name"])},</p><h1>{escape(page["title"])}</h1>{parts}
        <p>{escape(labels["yours"])}</p><p>{_lines([page["sender"]["name"], page["sender"]["team"]])}</p>
        </body></html>"""


def _statement(said: dict[str, Any]) -> str:
    made = "".join(f"<p>{_words(each)}</p>" for each in said["paragraphs"])
    if said["items"]:
        made += f"<ul>{''.join(f'<li>{_words(each)}</li>' for each in said['items'])}</ul>"
    if said["rows"]:
        rows = "".join(f"<tr><th>{escape(what)}</th><td>{escape(value)}</td></tr>" for what, value in said["rows"])
        made += f"<table><thead><tr><th>{{what}}</th><th>{{details}}</th></tr></thead><tbody>{rows}</tbody></table>"
    return f'<div class="box">{made}</div>' if said["box"] else made


def _words(runs: list[dict[str, Any]]) -> str:
    return "".join(f"<strong>{escape(r['text'])}</strong>" if r["strong"] else escape(r["text"]) for r in runs)


def _lines(lines: list[str]) -> str:
    return "<br>".join(map(escape, lines))
