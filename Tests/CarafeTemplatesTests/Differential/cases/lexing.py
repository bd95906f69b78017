"""Tokens, literals, delimiters, line statements, raw and comments."""

from catalog import Subject

cases = Subject({"a": 1, "x": [1, 2, 3], "s": "text", "items": ["a", "b", "c"]})

cases.expressions("integers", r"""
0
00
0_0
42
1_000_000
0x1F
0X1f
0b101
0B1_01
0o17
0O1_7
0x_ff
123456789012345678901234567890
9223372036854775807
9223372036854775808
0xFFFFFFFFFFFFFFFFFFFF
-9223372036854775808
-9223372036854775809
""")
cases.expressions("integers that are none", r"""
007
01
1__0
1_
_1
0x
0b2
0o8
12abc
0xfg
1 2
""")
cases.expressions("floats", r"""
1.0
1.5
0.1
00.5
1e3
1E3
1e+3
1e-3
1.5e10
1e16
1e15
123456789012345.6
1234567890123456789.0
1e22
1e23
1e-4
1e-5
0.0001
0.00001
1e308
1e309
-1e309
1e-400
1_0.2_5
1_0e1_0
5e-324
1.7976931348623157e308
2.5
3.14159265358979323846
0.1 + 0.2
1.0e0
100000000000000000000.0
""")
cases.expressions("floats that are none", r"""
.5
5.
1.e3
1.5.5
1e
1e+
1._5
1_.5
""")
cases.expressions("strings", r"""
"double"
'single'
"it's"
'say "hi"'
"a\nb"
"a\tb|"
"\x41\x62"
"\u00e9\u20ac"
"\U0001F600"
"\N{SNOWMAN}"
"\N{LATIN SMALL LETTER E WITH ACUTE}"
"\101\60\0|"|length
"\7"|length
"\777"
"\q\w\-"
"\\n"
"\""
'\''
"\'"
"a" "b" 'c'
"a" "b"|upper
"é日本🎈"
"é日本🎈"|length
"}}"
"%}{{ x }}{% if %}"
"{# no comment #}"
'#}'
""
""|length
"\a\b\f\v\r"|length
"\e"
"a\
b"
"tab	inside"
"\x00"|length
"\N{snowman}"
"\N{Snowman}"
""")
cases.expressions("strings with mistakes", r"""
"open
'open"
"\x4"
"\u12"
"\U0011FFFF"
"\N{NO SUCH NAME}"
"\N"
"\
f"x"
r"x"
b"x"
""")
cases.sources("strings over lines", r"""
{{ "a⏎b" }}
{{ "a\⏎b" }}
{{ 'a⏎⏎b'|length }}
{{ "a" ⏎ "b" }}
{{ "a⏎b" }} {{ 1 + }}
""")
cases.expressions("names", r"""
a
_a
A
a1
é
日本
aé_1
if
for
x.if
x.for
not_
true
True
TRUE
none
None
NONE
null
nil
self
super
loop
context
print
class
def
import
lambda
""", {"_a": 2, "A": 3, "a1": 4, "é": 5, "日本": 6, "aé_1": 7, "if": 8, "for": 9, "TRUE": 10, "class": 11, "context": 12,
      "print": 13, "def": 14, "lambda": 15, "import": 16, "null": 17, "not_": 18})
cases.expressions("characters that belong to no token", r"""
a $ b
a & b
a ? b
a ! b
a @ b
`a`
a \ b
a ; b
a := 1
a -> b
a ^ b
a € b
a … b
a << 1
a >> 1
a && b
a || b
!a
a === b
a <> b
a++
a--
2a
a²
""")
cases.expressions("balanced delimiters", r"""
{"a": {"b": 1}}
{"a":{"b":{"c":1}}}.a.b.c
[[1],[2]]
[{"a":1}]
{"}}": 1}
((1))
((((1 + 2))))
(1]
[1)
{1)
(1
[1
{"a": 1
)
]
}
1)
1]
a }
{"a": 1}}
a)}}
""")
cases.sources("tags", r"""
{{a}}
{{  a  }}
{{⏎a⏎}}
{{ a⏎+⏎a }}
{%if a%}yes{%endif%}
{%⏎if⏎a⏎%}yes{%⏎endif⏎%}
{{ a }}{{ a }}
{{ a }} }}
{{ a }} %} #}
%}
#}
}}
{
{ { a } }
{ % if % }
{{
{{ a
{{ a }
{{ a %}
{% if a
{% if a }}
{% if a %}
{%
{% %}
{{ }}
{{}}
{% 1 %}
{% "if" %}
{% {{ a }} %}
{{ {{ a }} }}
{{ {% if a %} }}
{%if a:%}yes{%endif%}
{% if a: %}yes{% else: %}no{% endif %}
{% for i in items: %}{{ i }}{% endfor %}
{% for i in items : %}{{ i }}{% else : %}{% endfor %}
$a ${a} #{a} <% a %> <?a?> [[a]]
{{ a }}⏎
{{ a }}⏎⏎
⏎
⏎⏎
  {{ a }}  
plain text, nothing else
é日本🎈 {{ a }} é日本🎈
{{ a -}}  x
x  {{- a }}
{{-a-}}
x {{- -a -}} y
x {{-1}} y
x {{ -1 }} y
x {{+1}} y
x {{ - 1 }} y
{{ a +}}
{{+ a }}
{{--1}}
{{ a --}}
x {%- if a -%} y {%- endif -%} z
x {%+ if a +%} y {%+ endif +%} z
x {%- if a +%} y {%+ endif -%} z
""")
cases.sources("comments", r"""
a{# b #}c
a{##}c
a{# {{ x }} {% if %} #}c
a {#- b -#} c
a {#+ b +#} c
a {#- b #} c
a {# b -#} c
a{# b⏎c⏎d #}e
{# {# nested #} #}
{#
{# open
{#-
a {#-#} b
a {#--#} b
{# a }} #}b
{# "#}" #}b
{#%}#}b
{ # a # }
{# a #}{# b #}{# c #}
""")
cases.sources("raw", r"""
{% raw %}{{ a }}{% endraw %}
{% raw %}{% if %}{# #}{% endraw %}
{%raw%}{{ a }}{%endraw%}
{%- raw -%} {{ a }} {%- endraw -%}
x {%- raw %} a {% endraw -%} y
x {% raw -%} a {%- endraw %} y
x {%+ raw %} a {% endraw +%} y
x {%+ raw %} a {%+ endraw %} y
{% raw %}{% raw %}{% endraw %}
{% raw %}{% endraw %}{% endraw %}
{% raw %}
{% raw %} open
{% raw %}{% end raw %}
{% raw %}é日本🎈{% endraw %}
{%   raw   %}a{%   endraw   %}
{%⏎raw⏎%}a{%⏎endraw⏎%}
{% raw %}⏎a⏎{% endraw %}⏎b
{% raw x %}a{% endraw %}
{% endraw %}
{% raw +%}a{% endraw %}
{% raw %}⏎⏎{% endraw %}{{ $ }}
{% raw -%}⏎⏎{%- endraw %}{{ $ }}
""")

for name, options in {
    "asp": dict(block_start_string="<%", block_end_string="%>", variable_start_string="<%=",
                variable_end_string="%>", comment_start_string="<%#", comment_end_string="%>"),
    "php": dict(block_start_string="<?", block_end_string="?>", variable_start_string="<?=",
                variable_end_string="?>", comment_start_string="<!--", comment_end_string="-->"),
    "dollar": dict(block_start_string="@{", block_end_string="}@", variable_start_string="${",
                   variable_end_string="}", comment_start_string="/*", comment_end_string="*/"),
    "latex": dict(block_start_string="\\BLOCK{", block_end_string="}", variable_start_string="\\VAR{",
                  variable_end_string="}", comment_start_string="\\#{", comment_end_string="}"),
    "same ends": dict(block_start_string="[[%", block_end_string="]]", variable_start_string="[[",
                      variable_end_string="]]", comment_start_string="[[#", comment_end_string="]]"),
    "words": dict(block_start_string="BEGIN", block_end_string="END", variable_start_string="VAR",
                  variable_end_string="RAV", comment_start_string="REM", comment_end_string="MER"),
    "percent": dict(block_start_string="%", block_end_string="%%", variable_start_string="%=",
                    variable_end_string="=%", comment_start_string="%#", comment_end_string="#%"),
    "non-ASCII": dict(block_start_string="«", block_end_string="»", variable_start_string="‹",
                      variable_end_string="›", comment_start_string="⟨", comment_end_string="⟩"),
}.items():
    b, e = options["block_start_string"], options["block_end_string"]
    v, w = options["variable_start_string"], options["variable_end_string"]
    c, d = options["comment_start_string"], options["comment_end_string"]
    for part, source in {
        "everything": f"{c} comment {d}{b} for i in items {e}{v} i {w},{b} endfor {e}|{v} s {w}",
        "the usual ones are text": f"{{{{ a }}}}{{% if %}}{{# #}} {v} a {w}",
        "minus signs": f"x  {b}- for i in items -{e}  {v}- i -{w}  {b}- endfor -{e}  y {c}- c -{d}  z",
        "braces inside": f'{v} {{"k": {{"n": 1}}}}["k"]["n"] {w}',
        "end inside a string": f'{v} "{w}{e}" {w}',
        "raw": f"{b} raw {e}{v} a {w}{b} endraw {e}",
        "open": f"text {v} a",
    }.items():
        cases.template(f"delimiters {name}: {part}", source, **options)

LINES = dict(line_statement_prefix="%", line_comment_prefix="##")
for name, source in {
    "a loop": "% for i in items\n{{ i }}\n% endfor\nend",
    "a colon": "% for i in items:\n{{ i }}\n% endfor\nend",
    "indented": "  % if a\n  yes\n  % endif\nend",
    "with tabs": "\t% if a\n\tyes\n\t% endif\nend",
    "not at the start": "x % if a\n",
    "after a tag": "{{ a }} % if a\n",
    "no space": "%if a\nyes\n%endif\n",
    "the last line": "% if a\nyes\n% endif",
    "brackets go on": "% for i in [1,\n  2,\n  3]\n{{ i }}\n% endfor",
    "a call goes on": "% set y = range(1,\n 4)\n{{ y|list }}",
    "a string goes on": "% set y = 'a\nb'\n{{ y }}",
    "nested": "% for i in items\n% if i == 'b'\nB\n% else\n{{ i }}\n% endif\n% endfor",
    "elif": "% if a == 2\n2\n% elif a == 1\n1\n% endif",
    "blank lines": "\n\n% if a\n\nyes\n\n% endif\n\nend",
    "trailing blanks": "% if a   \nyes\n% endif   \nend",
    "trailing blank lines": "% if a\n\n\nyes\n% endif\n\n\nend",
    "a comment": "a ## comment\nb",
    "a comment on its own line": "a\n## comment\nb",
    "an indented comment": "a\n   ## comment\nb",
    "a comment after a statement": "% if a ## comment\nyes\n% endif\n",
    "a comment at the end": "a\n## comment",
    "a comment after a tag": "{{ a }}## comment\nb",
    "a comment in a string": "{{ '## no' }}",
    "two comments": "## one\n## two\nb",
    "a comment right after text": "a## comment\nb",
    "statements and tags": "% set y = 5\n{% if y %}{{ y }}{% endif %}\n",
    "a macro": "% macro m(n)\n<{{ n }}>\n% endmacro\n{{ m(1) }}{{ m(2) }}",
    "empty": "%\n",
    "unknown": "% foo\n",
    "unclosed": "a\n% if a\nb\n",
    "wrong end": "a\n% if a\nb\n% endfor\n",
    "an error's line": "a\n% if a\n{{ 1 // 0 }}\n% endif",
    "a raw block": "{% raw %}\n% if a\n{% endraw %}\n",
    "carriage returns": "% if a\r\nyes\r\n% endif\r\nend",
    "a vertical tab": "\v% if a\nyes\n% endif\nend",
    "a form feed": "\f% if a\nyes\n% endif\nend",
    "percent signs in text": "100 % of\n 5%\n",
    "a double prefix": "%% if a\n",
    "the minus sign": "x\n%- if a\nyes\n%- endif\nend",
}.items():
    cases.template(f"line statements: {name}", source, **LINES)
    if name in ("a loop", "blank lines", "indented", "trailing blanks", "nested", "the last line", "a comment"):
        cases.template(f"line statements with trim_blocks and lstrip_blocks: {name}", source, trim_blocks=True,
                       lstrip_blocks=True, **LINES)
for name, source in {
    "a loop": "# for i in items\n{{ i }}\n# endfor\nend", "a comment": "// gone\nx // gone\n# set y = 1\n{{ y }}",
    "headings": "a # no statement\n#set y = 2\n{{ y }}",
}.items():
    cases.template(f"line statements after #: {name}", source, line_statement_prefix="#", line_comment_prefix="//")
for name, source in {"only comments": "a # b\n# c\nd", "both": "a #! b\n#! c\nd"}.items():
    cases.template(f"line comments: {name}", source, line_comment_prefix="#!" if name == "both" else "#")
