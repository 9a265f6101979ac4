"""The office may replace a template in Word; what loses a caveat or carries something along is refused."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from docx import Document

from forms_app.common.letters.build_templates import FOLDER, build, template_name
from forms_app.common.letters.checks import check_template, known_placeholders, required_placeholders
from forms_app.common.letters.render import render
from intranet.papers.faults import LetterFault, TemplateFault
from intranet.papers.package import ALLOWED, R, read_package, write_package

from .samples import memo, own_data, release

BUILT_IN = [(kind, language) for kind in ("release", "own_data", "memo") for language in ("en", "ar")]
MAKE = {"release": release, "own_data": own_data, "memo": memo}


def built_in(kind="release", language="en"):
    return (FOLDER / template_name(kind, language)).read_bytes()


def changed(edit, kind="release", language="en"):
    """The built-in template after `edit(parts)`, a dictionary of its parts."""
    parts = read_package(built_in(kind, language))
    edit(parts)
    return write_package(parts)


def body_edit(old, new, count=-1):
    """An edit that replaces text in the body."""

    def edit(parts):
        text = parts["word/document.xml"].decode()
        assert old in text
        parts["word/document.xml"] = text.replace(old, new, count).encode()

    return edit


@pytest.mark.parametrize(("kind", "language"), BUILT_IN)
def test_built_in_templates_are_fit_and_up_to_date(kind, language):
    data = built_in(kind, language)
    assert check_template(data, kind, language) == []
    assert read_package(data) == read_package(build(kind, language))


@pytest.mark.rule("§7B.7")
@pytest.mark.parametrize(("kind", "language"), BUILT_IN)
def test_losing_any_required_placeholder_is_refused_by_name(kind, language):
    for name in required_placeholders(kind, language):
        pattern = re.compile(r"\{\{" + name + r"\}\}")

        def lose(parts, pattern=pattern):
            for part in [part for part in parts if part.endswith(".xml")]:
                parts[part] = pattern.sub("", parts[part].decode()).encode()

        problems = check_template(changed(lose, kind, language), kind, language)
        assert any(f"{{{{{name}}}}} is missing" in sentence for sentence in problems), name


@pytest.mark.rule("§7B.7")
@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (body_edit("{{caveat_item}}", "Note: {{caveat_item}}"), "alone in its paragraph"),
        (body_edit("{{onward_rule}}", "{{onward_rule}} and more"), "alone in its paragraph"),
        (body_edit("{{purpose}}", "{{purpose}} {{caveat_item}}"), "must stand once"),
        (body_edit("{{purpose}}", "{{purpose}} {{survivor_name}}"), "{{survivor_name}} is not known"),
        (body_edit("{{purpose}}", "{{purpose}} {{ 7*7 }}"), "not a placeholder"),
        (body_edit("{{purpose}}", "{{purpose}} {{Period}}"), "not a placeholder"),
        (body_edit("{{period}}", "{{period"), "not a placeholder"),
        (body_edit('w:pStyle w:val="CaveatItem"', 'w:pStyle w:val="LetterBodyRTL"'), "left to right"),
    ],
)
def test_a_wrong_placeholder_is_explained(edit, words):
    problems = check_template(changed(edit))
    assert any(words in sentence for sentence in problems), problems


def test_missing_code_wrong_language_wrong_kind():
    def no_code(parts):
        for name in ("word/footer1.xml", "word/footer2.xml"):
            parts[name] = parts[name].replace(b"{{qr}}", b"logo")

    assert any("square code" in sentence for sentence in check_template(changed(no_code)))
    assert any("other language" in sentence for sentence in check_template(built_in("release", "ar")))
    assert check_template(built_in("memo", "en"))
    with pytest.raises(LetterFault):
        render(release(), built_in("memo", "en"))


def _relation(kind, target, mode=' TargetMode="External"'):
    return f'<Relationship Id="rIdX" Type="{R}/{kind}" Target="{target}"{mode}/></Relationships>'.encode()


def _outside(kind, target):
    def edit(parts):
        name = "word/_rels/document.xml.rels"
        parts[name] = parts[name].replace(b"</Relationships>", _relation(kind, target))

    return edit


def _part(name, data=b"x"):
    def edit(parts):
        parts[name] = data

    return edit


def _run(xml):
    return body_edit("</w:p>", f"{xml}</w:p>", 1)


HOSTILE = {
    "macros": (_part("word/vbaProject.bin"), "macros"),
    "macro type": (
        lambda parts: parts.__setitem__(
            "[Content_Types].xml", parts["[Content_Types].xml"].replace(b"main+xml", b"macroEnabled.main+xml")
        ),
        "macros",
    ),
    "attached template": (_outside("attachedTemplate", "http://198.51.100.7/t.dotm"), "attachedTemplate"),
    "attached template of settings": (
        _part(
            "word/_rels/settings.xml.rels",
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            + _relation("attachedTemplate", "file:///srv/t.dotm"),
        ),
        "attachedTemplate",
    ),
    "linked picture": (_outside("image", "http://198.51.100.7/p.png"), "image"),
    "link": (_outside("hyperlink", "mailto:nobody@example.org"), "hyperlink"),
    "object": (_part("word/embeddings/oleObject1.bin"), "macros|embedded"),
    "fonts": (_part("word/fonts/font1.odttf"), "fonts"),
    "vector picture": (_part("word/media/logo.emf"), "PNG"),
    "entities": (
        lambda parts: parts.__setitem__(
            "word/document.xml", b'<!DOCTYPE x [<!ENTITY a "b">]>' + parts["word/document.xml"][55:]
        ),
        "document type",
    ),
    "comments": (_run('<w:commentRangeStart w:id="1"/>'), "comments"),
    "insertion": (_run('<w:ins w:id="1" w:author="A Person"><w:r><w:t>x</w:t></w:r></w:ins>'), "tracked"),
    "deletion": (_run('<w:del w:id="1"><w:r><w:delText>x</w:delText></w:r></w:del>'), "tracked"),
    "hidden": (_run("<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r>"), "hidden"),
    "field": (_run('<w:fldSimple w:instr=" INCLUDETEXT &quot;/etc/passwd&quot; "/>'), "INCLUDETEXT"),
    "split field": (_run("<w:r><w:instrText>DDEAUTO c:\\\\x</w:instrText></w:r>"), "DDEAUTO"),
    "foreign document": (_run('<w:altChunk r:id="rIdX"/>'), "embedded"),
    "footnote": (_run('<w:r><w:footnoteReference w:id="2"/></w:r>'), "footnotes"),
    "text box": (_run("<w:r><w:txbxContent><w:p/></w:txbxContent></w:r>"), "text box"),
    "broken": (lambda parts: parts.__setitem__("word/document.xml", b"<w:document"), "damaged"),
    "no styles": (lambda parts: parts.pop("word/styles.xml"), "styles"),
    "no body": (lambda parts: parts.pop("word/document.xml"), "not a Word document"),
    "too many parts": (
        lambda parts: parts.update({f"word/x{number}.xml": b"<x/>" for number in range(200)}),
        "unpacks",
    ),
    "long": (_run("</w:p><w:p>" * 3_000), "far longer"),
    "many placeholders": (
        _run("<w:r><w:t>" + "{{period}}" * 5_000 + "</w:t></w:r>"),
        "far more placeholders",
    ),
    "damaged picture": (_part("word/media/logo.png", b"GIF89a"), "picture"),
    "bomb": (_part("word/bomb.xml", b" " * 40_000_000), "unpacks"),
}


@pytest.mark.rule("D42")
@pytest.mark.parametrize("case", sorted(HOSTILE))
def test_hostile_or_unfit_files_are_refused_with_a_sentence(case):
    edit, words = HOSTILE[case]
    data = changed(edit)
    problems = check_template(data)
    assert problems
    assert any(re.search(words, sentence) for sentence in problems), problems
    with pytest.raises((TemplateFault, LetterFault)):
        render(release(), data)


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"%PDF-1.7", b"x" * 2_100_000, built_in()[:6000], b"\xd0\xcf\x11\xe0" + b"0" * 600],
    ids=["empty", "stub", "pdf", "large", "cut", "old word"],
)
def test_what_is_no_word_file_is_said_so(data):
    [sentence] = check_template(data)
    assert sentence.endswith((".", "it."))
    with pytest.raises(TemplateFault):
        render(release(), data)


def test_duplicate_entries_are_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in read_package(built_in()).items():
            archive.writestr(name, data)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("word/document.xml", b"<other/>")
    assert check_template(buffer.getvalue())


def _as_word_leaves_it(parts):
    """What a save in Word adds, and the office's own edit of the wording."""
    text = parts["word/document.xml"].decode()
    text = text.replace("Requested.", "You asked.")
    text = text.replace(
        "{{period}}",
        '{{</w:t></w:r><w:proofErr w:type="spellStart"/><w:r w:rsidR="00AB12CD"><w:rPr><w:b/></w:rPr>'
        '<w:t>per</w:t></w:r><w:r><w:t>iod}</w:t></w:r><w:r><w:t xml:space="preserve">}',
    )
    text = text.replace("<w:p>", '<w:p w:rsidR="00AB12CD" w:rsidRDefault="00AB12CD">')
    text = text.replace(
        "{{salutation}}",
        '{{salutation}}</w:t></w:r><w:bookmarkStart w:id="0" w:name="_GoBack"/>'
        '<w:bookmarkEnd w:id="0"/><w:r><w:t>',
    )
    parts["word/document.xml"] = text.encode()
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(
        b"<w:qFormat/>", b'<w:qFormat/><w:rsid w:val="00AB12CD"/>'
    )
    parts["docProps/app.xml"] = b"<Properties><Application>Microsoft Office Word</Application></Properties>"
    parts["docProps/custom.xml"] = b"<Properties>Secret</Properties>"
    parts["docProps/thumbnail.jpeg"] = b"\xff\xd8\xff"
    parts["customXml/item1.xml"] = b"<b:Sources xmlns:b='x'/>"
    parts["word/webSettings.xml"] = b"<w:webSettings/>"
    parts["word/footnotes.xml"] = b"<w:footnotes/>"
    parts["word/settings.xml"] = parts["word/settings.xml"].replace(
        b"<w:compat>", b'<w:rsids><w:rsidRoot w:val="00AB12CD"/></w:rsids><w:compat>'
    )
    rels = "word/_rels/document.xml.rels"
    parts[rels] = parts[rels].replace(
        b"</Relationships>",
        f'<Relationship Id="rIdW" Type="{R}/webSettings" Target="webSettings.xml"/>'
        f'<Relationship Id="rIdC" Type="{R}/customXml" Target="../customXml/item1.xml"/></Relationships>'.encode(),
    )


def test_an_edited_template_is_used_and_cleaned():
    template = changed(_as_word_leaves_it)
    assert check_template(template) == []
    data = render(release(), template)
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)
    assert "You asked. On 12 January 2026" in text
    assert "Requested." not in text
    assert "Period. 1 January to 31 December 2025." in text
    parts = read_package(data)
    assert all(ALLOWED.fullmatch(name) for name in parts)
    everything = b"".join(parts.values())
    for trace in (b"00AB12CD", b"_GoBack", b"proofErr", b"Microsoft Office Word", b"Secret", b"webSettings"):
        assert trace not in everything
    assert data == render(release(), template)


def _logo(kind):
    from PIL import Image, PngImagePlugin

    buffer = io.BytesIO()
    picture = Image.new("RGB", (8, 8), "navy")
    if kind == "png":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Author", "Jane Photographer")
        notes.add_itxt("Comment", "Jane Photographer")
        picture.save(buffer, "PNG", pnginfo=notes)
    else:
        exif = Image.Exif()
        exif[0x013B] = "Jane Photographer"
        picture.save(buffer, "JPEG", exif=exif, comment=b"Jane Photographer")
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_a_logo_is_kept_without_its_makers_name(kind):
    """The office's logo stays the same picture; who made it, and where, does not leave the house."""
    from PIL import Image

    logo = _logo(kind)
    assert b"Jane Photographer" in logo

    def edit(parts):
        parts[f"word/media/logo.{kind}"] = logo
        parts["word/_rels/header1.xml.rels"] = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rIdLogo" Type="{R}/image" Target="media/logo.{kind}"/></Relationships>'
        ).encode()
        frame = re.search(
            rb"<w:r><w:drawing>.*?</w:drawing></w:r>", parts["word/footer1.xml"], re.DOTALL
        ).group()
        frame = frame.replace(b"rIdCode", b"rIdLogo").replace(b"{{qr}}", b"Logo")
        parts["word/header1.xml"] = parts["word/header1.xml"].replace(b"</w:p>", frame + b"</w:p>", 1)

    template = changed(edit)
    assert check_template(template) == []
    parts = read_package(render(release(), template))
    kept = parts[f"word/media/logo.{kind}"]
    assert b"Jane Photographer" not in kept
    before, after = (Image.open(io.BytesIO(data)).convert("RGB") for data in (logo, kept))
    assert before.tobytes() == after.tobytes()
    assert f'Extension="{kind}"'.encode() in parts["[Content_Types].xml"]


def test_wording_is_the_templates_own():
    template = changed(body_edit("Yours sincerely,", "With thanks,"))
    assert check_template(template) == []
    assert "With thanks," in "\n".join(
        p.text for p in Document(io.BytesIO(render(release(), template))).paragraphs
    )


def test_text_that_was_put_in_is_never_read_again():
    """No template injection: braces, expressions and markup in a fact stay what they are."""
    tricky = "{{data_set_sha256}} {{ config }} {% for x in y %} </w:t><w:vanish/> & <b>"
    first, second = release().tables
    letter = release(
        purpose=tricky,
        notes=(tricky,),
        tables=(replace(first, title=tricky, description=tricky, rows=((tricky, 46),)), second),
    )
    document = Document(io.BytesIO(render(letter)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert sum(tricky in text for text in texts) == 3
    assert document.tables[1].cell(1, 0).text == tricky


@pytest.mark.parametrize("bad", ["a\x00b", "a\x0bb", "\ud800"])
def test_characters_that_cannot_be_printed_are_refused(bad):
    with pytest.raises(LetterFault, match="cannot be printed"):
        render(release(purpose=bad))


def test_lines_and_overrides_in_typed_text():
    data = render(release(purpose="One line\r\nanother \u202eline", notes=()))
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)
    assert "Purpose: One line\nanother line" in text
    assert "{{" not in text


@pytest.mark.rule("D20")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_memo_holds_the_five_items_and_no_figure(language):
    context = memo(language)
    document = Document(io.BytesIO(render(context)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    positions = [next(i for i, text in enumerate(texts) if item in text) for _, item in context.items]
    assert positions == sorted(positions)
    assert any(context.data_set_sha256 in text for text in texts)
    assert len(document.tables) == 1
    assert all(cell.text == "" for cell in document.tables[0].columns[1].cells)
    with pytest.raises(LetterFault, match="five items"):
        render(replace(context, items=context.items[:4]))
    with pytest.raises(LetterFault, match="is empty"):
        render(replace(context, items=(*context.items[:4], ("Written guarantee", " "))))


def test_what_a_template_may_ask_for():
    assert "caveat_item" in known_placeholders("release", "en")
    assert "organization" not in known_placeholders("release", "en")
    assert "organization" in known_placeholders("own_data", "en")
    assert set(required_placeholders("release", "en")) <= known_placeholders("release", "en")
