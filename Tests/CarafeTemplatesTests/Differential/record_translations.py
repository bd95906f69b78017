"""Writes `Vectors/translations.json`: catalogs, plural rules and messages of templates, as Python's gettext and Jinja2 see them."""
import base64
import gettext
import io
import json
import pathlib
import struct

from jinja2.ext import GETTEXT_FUNCTIONS, babel_extract

RULES = [
    "0", "n != 1", "n>1", "(n != 1)", "n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2", "n==1 ? 0 : n==2 ? 1 : 2",
    "n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2", "n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2",
    "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2", "(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2",
    "n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2", "n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3",
    "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5", "n==1 ? 0 : n==2 ? 1 : n<7 ? 2 : n<11 ? 3 : 4",
    "(n%10!=1 || n%100==11)", "n/10 + n*2 - 3 > 20", "(n-1)%3", "n - 1 - 1 == 0 ? 1 : 0", "n < 3 == 1", "n > 1 > 0", "n == 1 == 1", "((((n))))", "n*n%7/2", "1 ? n ? 2 : 3 : 4",
]
BROKEN = ["", "n +", "m", "n n", "(n", "n)", "n ? 1", "n = 1", "n & 1", "n | 1", "foo", "n ** 2", "1 2", "n ? : 1", "x" * 10, "(" * 30 + "n" + ")" * 30]


def catalog(entries, big=False, version=0):
    entries = sorted(entries)
    order = ">" if big else "<"
    ids, offsets, texts = b"", [], b""
    for message, text in entries:
        offsets.append((len(ids), len(message), len(texts), len(text)))
        ids += message + b"\0"
        texts += text + b"\0"
    start = 7 * 4 + 16 * len(entries)
    messages, translations = [], []
    for o1, l1, o2, l2 in offsets:
        messages += [l1, o1 + start]
        translations += [l2, o2 + start + len(ids)]
    header = struct.pack(order + "7I", 0x950412DE, version << 16, len(entries), 28, 28 + len(entries) * 8, 0, 0)
    return header + struct.pack(order + "%dI" % (4 * len(entries)), *messages, *translations) + ids + texts


HEADER = b"Project-Id-Version: x\nContent-Type: text/plain; charset=%s\nPlural-Forms: nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);\n"
ENTRIES = [
    (b"", HEADER % b"UTF-8"), (b"Hello", "Grüß Gott".encode()), (b"%(num)s file\0%(num)s files", "%(num)s Datei\0%(num)s Dateien (2)\0%(num)s Dateien".encode()),
    (b"menu\x04Open", "Öffnen".encode()), (b"menu\x04tab\0tabs", b"Reiter\0Reiter2\0Reiter3"), ("é".encode(), b"composed"), ("e\u0301".encode(), b"decomposed"), (b"empty", b""),
]
CATALOGS = [
    catalog(ENTRIES), catalog(ENTRIES, big=True), catalog(ENTRIES, version=1), catalog([(b"a", b"b")]), catalog([(b"", HEADER % b"ISO-8859-1"), (b"Hello", b"Gr\xfc\xdf Gott"), (b"\xe9", b"\xe9t\xe9")]),
]
CALLS = [
    ("gettext", "Hello"), ("gettext", "Bye"), ("gettext", "empty"), ("gettext", "é"), ("gettext", "e\u0301"), ("gettext", "%(num)s file"), ("gettext", "a"),
    *[("ngettext", "%(num)s file", "%(num)s files", n) for n in (0, 1, 2, 3, 1000)], ("ngettext", "x", "y", 1), ("ngettext", "x", "y", 2), ("ngettext", "Hello", "y", 2),
    ("pgettext", "menu", "Open"), ("pgettext", "other", "Open"), ("pgettext", "menu", "tab"), *[("npgettext", "menu", "tab", "tabs", n) for n in (1, 2, 5)], ("npgettext", "x", "tab", "tabs", 1),
]
BROKEN_CATALOGS = [b"", b"x" * 30, struct.pack("<7I", 0x950412DE, 2 << 16, 0, 28, 28, 0, 0), struct.pack("<7I", 0x950412DE, 0, 5, 28, 68, 0, 0), catalog(ENTRIES)[:-40], struct.pack("<7I", 0x950412DE, 0, 0xFFFFFFFF, 28, 68, 0, 0),
                   catalog([(b"", b"Content-Type: text/plain; charset=UTF-8\n"), (b"a", b"\xff")]), catalog([(b"", b"Content-Type: text/plain; charset=EBCDIC-42\n")]), catalog([(b"", b"Plural-Forms: nplurals=2; plural=n n;\n")])]

TEMPLATES = [
    "{{ _('a') }}", "{{ gettext('a') }}\n{{ ngettext('b', 'c', 1) }}", "{{ pgettext('x', 'a') }}{{ npgettext('x', 'a', 'b', n) }}", "{{ _() }}", "{{ _(a) }}", "{{ _('a', b) }}", "{{ _('a', b='c') }}", "{{ _(*a) }}{{ _(**a) }}", "{{ _('a' 'b') }}",
    "{{ _('a')|upper }}{{ f(_('b'), _('c')) }}", "{{ _(_('a')) }}", "{{ x._('a') }}{{ gettext }}", "{{ {'a': _('b')} }}{{ [_('c')] }}", "{% if _('a') %}{{ _('b') }}{% else %}{{ _('c') }}{% endif %}", "{% for a in _('a') if _('b') %}{{ _('c') }}{% else %}{{ _('d') }}{% endfor %}",
    "{% macro m(a=_('a')) %}{{ _('b') }}{% endmacro %}", "{% call m(_('a')) %}{{ _('b') }}{% endcall %}", "{% filter replace(_('a'), _('b')) %}{{ _('c') }}{% endfilter %}", "{% set a = _('a') %}{% set b | replace(_('b'), '') %}{{ _('c') }}{% endset %}",
    "{% with a=_('a') %}{{ _('b') }}{% endwith %}", "{% block a %}{{ _('a') }}{% endblock %}", "{% include _('a') %}", "{% trans %}a{% endtrans %}", "{% trans %}a {{ b }} 100%{% endtrans %}", "{% trans a=_('x') %}b {{ a }}{% pluralize %}c{% endtrans %}",
    "{% trans 'ctx' %}a{% endtrans %}", "{% trans trimmed %}\n a\n b\n{% endtrans %}", "a\nb\n{% trans a=1,\nb=2 %}\n{{ a }}\n{% endtrans %}\n{{ _('c') }}",
    "{# NOTE: one #}{{ _('a') }}", "{# NOTE: one #}\n{{ _('a') }}\n{{ _('b') }}", "{# NOTE: one #}\n\n\n{{ _('a') }}", "{# other #}{{ _('a') }}", "{# NOTE: one #}{# NOTE: two #}{{ _('a') }}", "{# NOTE: one\n two #}{{ _('a') }}", "{{ _('a') }}{# NOTE: after #}\n{{ _('b') }}",
    "{# NOTE: #}{{ _('a') }}", "{#- NOTE: one -#}\n{{ _('a') }}", "{# NOTE: a #}{{ x }}\n{# :hint b #}{{ _('c') }}\n{{ _('d') }}{# NOTE: e #}", "{% trans %}a{# NOTE: inside #}{% endtrans %}{{ _('b') }}", "{# NOTE: x #}\n{% trans\na=1 %}{{ a }}{% endtrans %}", "{{ _('a') }",
    "{# NOTE: 1 #}\n{{ f(\n_('a'),\n_('b')\n) }}\n{# NOTE: 2 #}\n{{ _('c') }}", "{# NOTE:\u00a0one\u00a0 #}{{ _('a') }}",
]


def plural(rule):
    try:
        form = gettext.c2py(rule)
    except ValueError as error:
        return {"rule": rule, "error": str(error)}
    return {"rule": rule, "forms": [form(n) for n in range(130)]}


def lookups(data):
    translations = gettext.GNUTranslations(io.BytesIO(data))
    calls = []
    for name, *arguments in CALLS:
        calls.append({"function": name, "arguments": [str(a) for a in arguments], "result": getattr(translations, name)(*arguments)})
    return {"catalog": base64.b64encode(data).decode(), "calls": calls}


def extracted(source):
    found = babel_extract(io.BytesIO(source.encode()), GETTEXT_FUNCTIONS, ["NOTE:", ":hint"], {})
    messages = [{"line": line, "function": function, "messages": list(m) if isinstance(m, tuple) else [m], "comments": comments}
                for line, function, m, comments in found]
    return {"source": source, "messages": messages}


if __name__ == "__main__":
    vectors = {
        "rules": [plural(rule) for rule in RULES + BROKEN], "catalogs": [lookups(data) for data in CATALOGS],
        "brokenCatalogs": [base64.b64encode(data).decode() for data in BROKEN_CATALOGS], "templates": [extracted(source) for source in TEMPLATES],
    }
    path = pathlib.Path(__file__).resolve().parent.parent / "Vectors" / "translations.json"
    path.write_text(json.dumps(vectors, indent=None, separators=(",", ":")).replace('},{"', '},\n{"') + "\n")
    print({name: len(values) for name, values in vectors.items()})
