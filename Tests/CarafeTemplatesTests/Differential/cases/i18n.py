"""The i18n extension: trans, pluralize, the gettext functions, old and new style."""

from catalog import Subject

MESSAGES = {
    "Hello": "Hallo", "Hello %(name)s!": "Hallo %(name)s!", "100%%": "hundert%%", "100%": "hundert%", "Hello %(user)s": "Hi %(user)s",
    "%(n)s apple|%(n)s apples": ["%(n)s Apfel", "%(n)s Äpfel"], "%(num)s apple|%(num)s apples": ["%(num)s Apfel", "%(num)s Äpfel"],
    "One apple|%(count)s apples": ["Ein Apfel", "%(count)s Äpfel"], "menu|File": "Datei", "menu|%(n)s file|%(n)s files": ["%(n)s Datei", "%(n)s Dateien"],
    "<b>%(name)s</b>": "<i>%(name)s</i>", "<b>": "<i>", "a b": "c d", "apple|apples": ["Apfel", "Äpfel"], "broken %(name)s": "kaputt %(nope)s",
    "menu|Hello %(name)s!": "Menü %(name)s!", "x %(a)s": "%(a)s x %(a)s", "plain|plains": ["eins", "viele"],
}
SOURCES = r"""
{% trans %}Hello{% endtrans %}
{% trans %}Unknown{% endtrans %}
{% trans %}{% endtrans %}
{% trans %}Hello {{ name }}!{% endtrans %}
{% trans name=user.name %}Hello {{ name }}!{% endtrans %}
{% trans name %}Hello {{ name }}!{% endtrans %}
{% trans name="x" %}Hello{% endtrans %}
{% trans user=name|upper %}Hello {{ user }}{% endtrans %}
{% trans %}100%{% endtrans %}
{% trans %}50% of {{ name }}{% endtrans %}
{% trans %}%(name)s{% endtrans %}
{% trans name=1 %}%(name)s{% endtrans %}
{% trans %}%s %d %% {{ name }}{% endtrans %}
{% trans %}{{ nope }}{% endtrans %}
{% trans nope=nope %}{{ nope }}{% endtrans %}
{% trans %}{{ name }}{{ name }}{% endtrans %}
{% trans a=1 %}x {{ a }}{% endtrans %}
{% trans a=1, b=2 %}{{ a }}{{ b }}{% endtrans %}
{% trans a=1, b=2, %}{{ a }}{{ b }}{% endtrans %}
{% trans a=1 b=2 %}{{ a }}{% endtrans %}
{% trans a=1, a=2 %}{{ a }}{% endtrans %}
{% trans n=n %}{{ n }} apple{% pluralize %}{{ n }} apples{% endtrans %}
{% trans n=1 %}{{ n }} apple{% pluralize %}{{ n }} apples{% endtrans %}
{% trans n=0 %}{{ n }} apple{% pluralize %}{{ n }} apples{% endtrans %}
{% trans n %}{{ n }} apple{% pluralize %}{{ n }} apples{% endtrans %}
{% trans num=n %}{{ num }} apple{% pluralize %}{{ num }} apples{% endtrans %}
{% trans num=n %}apple{% pluralize %}apples{% endtrans %}
{% trans n=n %}apple{% pluralize %}apples{% endtrans %}
{% trans %}{{ n }} apple{% pluralize %}{{ n }} apples{% endtrans %}
{% trans %}{{ name }} {{ n }}{% pluralize n %}{{ name }} {{ n }} s{% endtrans %}
{% trans name=name, n=n %}{{ name }} {{ n }}{% pluralize n %}{{ name }} {{ n }} s{% endtrans %}
{% trans count=list|length %}One apple{% pluralize %}{{ count }} apples{% endtrans %}
{% trans count=list|length %}One apple{% pluralize count %}{{ count }} apples{% endtrans %}
{% trans count=one() %}One apple{% pluralize %}{{ count }} apples{% endtrans %}
{% trans %}plain{% pluralize %}plains{% endtrans %}
{% trans n=n %}plain{% pluralize %}plains{% endtrans %}
{% trans n=n %}a{% pluralize nope %}b{% endtrans %}
{% trans n=n %}a{% pluralize %}b{% pluralize %}c{% endtrans %}
{% trans n=n %}a{% pluralize n m %}b{% endtrans %}
{% trans n=n %}a{% pluralize 5 %}b{% endtrans %}
{% trans "menu" %}File{% endtrans %}
{% trans 'menu' %}Hello {{ name }}!{% endtrans %}
{% trans "menu", n=n %}{{ n }} file{% pluralize %}{{ n }} files{% endtrans %}
{% trans "menu" n=n %}{{ n }} file{% pluralize %}{{ n }} files{% endtrans %}
{% trans "menu" trimmed %}  File  {% endtrans %}
{% trans "nope" %}File{% endtrans %}
{% trans trimmed %}⏎  a⏎   b  ⏎{% endtrans %}
{% trans trimmed n=n %}⏎  {{ n }} apple⏎{% pluralize %}⏎ {{ n }}  apples{% endtrans %}
{% trans trimmed, n=n %}  a   b {% endtrans %}
{% trans n=n, trimmed %}  a   b {% endtrans %}
{% trans notrimmed %}  a   b {% endtrans %}
{% trans trimmed=1 %}  {{ trimmed }} {% endtrans %}
{% trans trimmed trimmed %}  {{ trimmed }} {% endtrans %}
{% trans trimmed notrimmed %}{% endtrans %}
{% trans %} a⏎b {% endtrans %}
{% trans %}a {{- name -}} b{% endtrans %}
{%- trans -%} Hello {%- endtrans -%} x
{% trans: %}Hello{% endtrans %}
{% trans n=n: %}apple{% pluralize %}apples{% endtrans %}
{% trans %}{# c #}Hello{% endtrans %}
{% trans %}{% raw %}Hello{% endraw %}{% endtrans %}
{% trans %}{{ user.name }}{% endtrans %}
{% trans %}{{ name|upper }}{% endtrans %}
{% trans %}{{ name() }}{% endtrans %}
{% trans %}{{ "x" }}{% endtrans %}
{% trans %}{{ 1 }}{% endtrans %}
{% trans %}{% if x %}{% endif %}{% endtrans %}
{% trans %}{% for x in y %}{% endtrans %}
{% trans %}{% trans %}a{% endtrans %}{% endtrans %}
{% trans %}{% "x" %}{% endtrans %}
{% trans %}open
{% trans n=n %}a{% pluralize %}b
{% trans x y %}{% endtrans %}
{% trans 5 %}{% endtrans %}
{% trans x= %}{% endtrans %}
{% trans "a" "b" %}{% endtrans %}
{% trans %}a{% endtrans x %}
{% pluralize %}
{% endtrans %}
{% trans %}a{% endblock %}
{% trans %}<b>{% endtrans %}
{% trans %}<b>{{ name }}</b>{% endtrans %}
{% trans name="<" %}<b>{{ name }}</b>{% endtrans %}
{% trans name=m %}<b>{{ name }}</b>{% endtrans %}
{% trans name="<"|safe %}<b>{{ name }}</b>{% endtrans %}
{% trans n=n, name="<" %}<b>{{ name }}</b>{% pluralize %}<i>{{ name }}{{ n }}</i>{% endtrans %}
{% trans %}broken {{ name }}{% endtrans %}
{% set t %}{% trans %}Hello{% endtrans %}{% endset %}{{ t }}
{% macro f(n) %}{% trans n=n %}{{ n }} apple{% pluralize %}{{ n }} apples{% endtrans %}{% endmacro %}{{ f(1) }}{{ f(2) }}
{% for n in [1, 2] %}{% trans n=n %}{{ n }} apple{% pluralize %}{{ n }} apples{% endtrans %} {% endfor %}
{% for name in ["a", "b"] %}{% trans %}Hello {{ name }}!{% endtrans %}{% endfor %}
{% block b %}{% trans %}Hello{% endtrans %}{% endblock %}
{% autoescape true %}{% trans name="<" %}<b>{{ name }}</b>{% endtrans %}{% endautoescape %}
{% trans if=1 %}{{ if }}{% endtrans %}
{{ _("Hello") }}
{{ _("Unknown") }}
{{ gettext("Hello") }}
{{ _("Hello")|upper }}
{{ _("Hello") ~ "!" }}
{{ _("Hello %(name)s!") }}
{{ _("Hello %(name)s!") % {"name": "x"} }}
{{ _("Hello %(name)s!")|format(name="x") }}
{{ _("Hello %(name)s!", name="x") }}
{{ _("Hello %(name)s!", name="<") }}
{{ _("<b>") }}
{{ _("100%") }}
{{ _("100%%") }}
{{ _("%s") }}
{{ _(name) }}
{{ _() }}
{{ _("a", "b") }}
{{ _(nope) }}
{{ _(5) }}
{{ ngettext("apple", "apples", 1) }}
{{ ngettext("apple", "apples", 2) }}
{{ ngettext("%(num)s apple", "%(num)s apples", 2) }}
{{ ngettext("%(n)s apple", "%(n)s apples", 2, n=2) }}
{{ ngettext("%(num)s apple", "%(num)s apples", n) % {"num": n} }}
{{ ngettext("a", "b") }}
{{ pgettext("menu", "File") }}
{{ pgettext("nope", "File") }}
{{ pgettext("menu", "Hello %(name)s!", name="x") }}
{{ npgettext("menu", "%(n)s file", "%(n)s files", 2, n=2) }}
{{ npgettext("menu", "file", "files", 1) }}
{{ npgettext("x", "<file", "<files", 2) }}
{{ gettext is defined }}{{ ngettext is defined }}{{ _ is callable }}
"""
CONTEXT = {"name": "Ada", "n": 3, "user": {"name": "Bob"}, "list": [1], "m": {"$markup": "<m>"}, "one": {"$function": "identity"}}
cases = Subject(CONTEXT, extensions=["jinja2.ext.i18n"])
cases.sources("old style", SOURCES, gettext=MESSAGES)
cases.sources("new style", SOURCES, gettext=MESSAGES, newstyle=True)
ESCAPED = "\n".join(line for line in SOURCES.strip().split("\n") if any(mark in line for mark in ('"<', "<b>", "_(", "m %}", "menu", "100%", "num=")))
cases.sources("old style, escaped", ESCAPED, gettext=MESSAGES, autoescape=True)
cases.sources("new style, escaped", ESCAPED, gettext=MESSAGES, newstyle=True, autoescape=True)
cases.sources("null translations", '{% trans %}Hello {{ name }}{% endtrans %}\n{% trans n=n %}a{% pluralize %}{{ n }}b{% endtrans %}\n'
              '{{ _("a %(x)s", x=1) }}\n{{ npgettext("c", "a", "b", 2) }}\n{% trans "c" %}a{% endtrans %}', newstyle=True)
cases.sources("no translations installed", '{% trans %}Hello{% endtrans %}\n{{ _("a") }}\n{{ gettext("a") }}\n{% trans n=n %}a{% pluralize %}b{% endtrans %}')
cases.sources("trimmed by policy", "{% trans %}  a ⏎  b {% endtrans %}\n{% trans notrimmed %}  a   b {% endtrans %}\n{% trans trimmed %} a {% endtrans %}",
              gettext=MESSAGES, policies={"ext.i18n.trimmed": True})
cases.sources("trim_blocks", "{% trans %}⏎a⏎{% endtrans %}⏎b\n  {% trans n=n %}⏎a⏎  {% pluralize %}⏎b⏎  {% endtrans %}⏎c", gettext={}, trim_blocks=True, lstrip_blocks=True)
cases.template("context functions: a translated included template", {"main": "{% include 'o' %}{% import 'o' as q %}{{ q }}", "o": "{% trans %}Hello{% endtrans %}"}, gettext=MESSAGES)
cases.template("undeclared variables of trans", "{% trans a=b, c=d %}{{ a }}{{ e }}{% pluralize %}{{ f }}{% endtrans %}{{ _('x') }}", ask="undeclared")
