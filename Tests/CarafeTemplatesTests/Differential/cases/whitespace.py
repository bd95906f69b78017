"""Whitespace control: signs, trim_blocks, lstrip_blocks, keep_trailing_newline, newline_sequence."""

from catalog import Subject

cases = Subject({"a": 1, "items": [1, 2]})

SOURCES = {
    "a loop": "<ul>\n  {% for i in items %}\n    <li>{{ i }}</li>\n  {% endfor %}\n</ul>\n",
    "an if": "a\n    {% if a %}\n    b\n    {% endif %}\nc\n",
    "several on a line": "  {% if a %} {% if a %} x {% endif %} {% endif %}  \n",
    "text before": "x  {% if a %}\n y\n z  {% endif %}\n",
    "variables": "  {{ a }}\n  {{ a }}  \n\n{{ a }}\n",
    "comments": "  {# c #}\nx\n  {# c #}  \ny {# c #}\nz\n",
    "comments over lines": "a\n  {# c\n  d #}\nb\n",
    "raw": "a\n  {% raw %}\n  {{ x }}\n  {% endraw %}\nb\n",
    "raw at the start": "  {% raw %}x{% endraw %}\n  y\n",
    "minus": "a \n {%- if a -%} \n b \n {%- endif -%} \n c\n",
    "minus on one side": "a \n {%- if a %} \n b \n {% endif -%} \n c\n",
    "minus of variables": "a \n {{- a -}} \n b \n {{- a }} \n c {{ a -}} \n\n d\n",
    "minus of comments": "a \n {#- c -#} \n b \n {# c -#} \n d \n {#- c #} \n e\n",
    "minus of raw": "a \n {%- raw -%} \n b \n {%- endraw -%} \n c\n",
    "plus": "a\n  {%+ if a +%}\n  b\n  {%+ endif +%}\nc\n",
    "plus before": "a\n  {%+ if a %}\n  b\n  {%+ endif %}\nc\n",
    "plus after": "a\n  {% if a +%}\n  b\n  {% endif +%}\nc\n",
    "plus of comments": "a\n  {#+ c +#}\nb\n  {#+ c #}\nd\n  {# c +#}\ne\n",
    "plus of raw": "a\n  {%+ raw %}\n b\n  {%+ endraw %}\nc\n  {% raw %}\n{% endraw +%}\nd",
    "at the very start": "  {% if a %}x{% endif %}",
    "at the very end": "x\n  {% if a %}y{% endif %}  ",
    "tabs": "\t{% if a %}\n\tb\n\t{% endif %}\n",
    "other blanks": "\v{% if a %}\f{% endif %}\u00a0{% if a %}\u2003x\n\u2003{% endif %}\n",
    "blank lines": "\n\n{% if a %}\n\n x\n\n{% endif %}\n\n",
    "set": "{% set x = 1 %}\n{% set y = 2 %}\n  {% set z = 3 %}\nend\n",
    "a macro": "{% macro m() %}\n  x\n{% endmacro %}\n[{{ m() }}]\n",
    "a block": "a\n  {% block b %}\n  x\n  {% endblock %}\nc\n",
    "after a variable a block": "{{ a }}{% if a %}\n{{ a }}\n{% endif %}\n",
    "a block after a block": "{% if a %}{% if a %}\n  {% endif %}{% endif %}\nx",
    "no newline at the end": "x {% if a %} y {% endif %}",
    "newlines at the end": "{{ a }}\n\n\n",
    "carriage returns": "a\r\n  {% if a %}\r\n  b\r\n  {% endif %}\r\nc\r\n",
    "lone carriage returns": "a\r  {% if a %}\r  b\r  {% endif %}\rc\r",
    "mixed newlines": "a\rb\nc\r\nd\n\re\r\n",
    "line separators": "a\u2028{% if a %}\u0085b{% endif %}\u2029c",
    "a newline in a string": "{{ 'a\nb\r\nc' }}\n",
    "an escaped newline in a string": "{{ 'a\\nb\\r\\nc' }}\n",
    "only a newline": "\n",
    "only blanks": "  ",
    "nothing": "",
    "only a tag": "{% if a %}{% endif %}",
    "only a tag and a newline": "{% if a %}{% endif %}\n",
    "a comment, then a tag on a line": "  {# c #} {% if a %}\n  x\n  {% endif %} {# c #}\n",
    "a variable, then a tag on a line": "  {{ a }} {% if a %}\n  x\n  {{ a }} {% endif %}\n",
    "a tag over lines": "a\n  {% if\n  a\n  %}\n  b\n  {%\nendif %}\nc",
}
OPTIONS = {
    "": {},
    "trim_blocks": {"trim_blocks": True},
    "lstrip_blocks": {"lstrip_blocks": True},
    "trim_blocks and lstrip_blocks": {"trim_blocks": True, "lstrip_blocks": True},
    "keep_trailing_newline": {"keep_trailing_newline": True},
}
for name, source in SOURCES.items():
    for option, options in OPTIONS.items():
        if option != "keep_trailing_newline" or source.endswith(("\n", "\r")):
            cases.template(f"{name} {option and 'with ' + option}".strip(), source, **options)
for sequence in ("\r\n", "\r"):
    for name in ("a loop", "mixed newlines", "a newline in a string", "an escaped newline in a string", "raw",
                 "newlines at the end", "lone carriage returns", "line separators"):
        cases.template(f"{name} with newlines {sequence!r}", SOURCES[name], newline_sequence=sequence)
        cases.template(f"{name} with newlines {sequence!r} and all", SOURCES[name], newline_sequence=sequence,
                       trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
cases.template("a wrapped text takes the newline sequence", "{{ 'aa bb cc'|wordwrap(3) }}", newline_sequence="\r\n")
cases.template("included templates lose their last newline",
               {"main": "[{% include 'other' %}]", "other": "x\n"})
cases.template("included templates keep their last newline",
               {"main": "[{% include 'other' %}]\n", "other": "x\n"}, keep_trailing_newline=True)
cases.template("lstrip_blocks does not strip before a variable that ends a line of tags",
               "{% if a %}\n   {{ a }}\n{% endif %}", lstrip_blocks=True)
cases.template("lines are counted through stripped whitespace", "a\n\n{%- if a -%}\n\n\n{{ 1 // 0 }}{% endif %}")
cases.template("lines are counted through comments", "{# a\nb\nc #}\n{{ 1 // 0 }}")
cases.template("lines are counted through raw", "{% raw %}\n\n{% endraw %}\n{{ 1 // 0 }}")
cases.template("lines are counted through strings", "{{ 'a\n\nb' }}\n{{ 1 // 0 }}")
cases.template("lines are counted through trimmed newlines", "{% if a %}\n\n\n{{ 1 // 0 }}{% endif %}", trim_blocks=True)
cases.template("lines are counted in carriage returns", "a\rb\r\nc\n{{ 1 // 0 }}")
cases.template("the line of a syntax error after stripping", "a\n\n{{- 1 -}}\n\n\n{% foo %}")
cases.template("the line of an error before stripping", "a\n\n{{- 1 // 0 }}")
