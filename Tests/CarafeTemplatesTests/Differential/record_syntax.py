"""Writes `Vectors/syntax.json`: templates, and how Jinja2 reads them. `python3 record_syntax.py` records them anew."""
import json
import pathlib

from syntax import answer

EXPRESSIONS = r"""
a
1
a + b - c
a - b + c
a * b / c // d % e
a ** b ** c
2**3**2
-2**2
-a.b
- - a
+a
+-+a
-1|abs
1 - 5|abs
2 ** 3|string
1 + 2 ~ 3
a ~ b ~ c
a ~ b + c ~ d
a + b * c - d ~ e ** f
a == b
a != b < c <= d > e >= f
a in b
a not in b
a not in b not in c
1 < x < 3
not a
not not a
not a == b
not a and b or not c
a or b and c or d
a and b and c
a or not b
a + (b - c)
(a)
((a))
()
(a,)
(a, b)
(a, b,)
a, b
a,
a if b
a if b else c
a if b else c if d else e
a if b if c
a if b if c else d
(a if b else c) if d else e
a or b if c and d else e
[a if b else c]
[]
[1]
[1, 2, 3]
[1, 2,]
[[1], [2, [3]]]
{}
{'a': 1}
{'a': 1, b: c, 1: 2,}
{a: {b: {c: d}}}
{(1, 2): 3}
{'a': b if c else d}
'a'
"a"
'a' "b" 'c'
'it''s'
"it's"
'a\nb'
'\x41\u0042\U00000043'
'\101\7\77\0'
'\\ \' \" \a \b \f \n \r \t \v'
'\q \- \ '
'\é'
'é ☃ 😀'
'\N{EM DASH}\N{latin small letter a with acute}'
"line
break"
"line\
continued"
1_000
1_000_000.5
0x1F
0XfF
0b1011
0B1
0o17
0O7
0
00
0_0
0x_ff
123456789012345678901234567890
0xffffffffffffffffffffffffffffffff
0o7777777777777777777777777777
0b1111111111111111111111111111111111111111111111111111111111111111111111
9223372036854775807
9223372036854775808
18446744073709551615
18446744073709551616
1.5
1e5
1E5
1e+5
1e-5
1.5e10
1_0.0_1e1_0
1e400
0.1
00.5
1.0.real
1.e
1.real
true
True
false
False
none
None
TRUE
nil
a.b
a.b.c
a.0
a.0.1
a.1.5
a.b.0.c
a .b
a. b
a['b']
a["b"].c
a[0]
a[-1]
a[1:2]
a[1:2:3]
a[:]
a[::]
a[::2]
a[1:]
a[:1]
a[1::2]
a[:1:2]
a[1, 2]
a[1:2, 3]
a[:, ::, 1]
a[b if c else d]
a[]
a()
a(1)
a(1, 2)
a(1, 2,)
a(x=1)
a(1, x=1, y=2,)
a(*b)
a(**b)
a(1, *b, **c)
a(1, *b, x=1, **c)
a(x=1, *b)
a(*b, x=1)
a(b(c(d)))
a()()()
a.b().c()[0](1)
a(x if y else z)
a(not b)
a(class="x", for="y", if=1)
a(in=1)
(a)(b)
'a'.upper()
[1, 2][0]
{'a': 1}['a']
{'a': 1}.items()
1 .real
a|b
a|b|c
a|b(1)
a|b(1, x=2)|c
a|b.c
a|b.c.d(1)
a|b()
a|b.c()(1)
a|b(1)(2)(3)
a|b is c
a|default('x', true)
a.b|c.d
a + b|c
(a + b)|c
a|map(attribute='b')|join(', ')
-a|b
not a|b
a is b
a is not b
a is b.c
a is b(1)
a is b(1, x=2)
a is b 1
a is b 'x'
a is b c
a is b c.d
a is b c[0]
a is b c(1)
a is b [1, 2]
a is b {'a': 1}
a is b 1.5
a is b true
a is b(c)(d)
a is b c|d
a is b|c
a is b and c
a is b or c
a is b if c else d
a is b == c
a is b + c
a is b + 1
a is b - 1
a is not b 5
a is divisibleby 3
a is in [1, 2]
a is in(1, 2)
a is defined and b is defined
not a is b
1 + 1 is even
a is b in c
a is sameas b
a is b is c
a is b c is d
a is not not
is
is is is
if
not
in
a if if else else
x.if
x.for.not.in
loop.index
self.block()
super()
caller(1)
_(x)
a[b][c][d]
a.b[c].d(e)|f is g
((a or b) and (c or d)) is e
a < b and b < c
a == b == c
a in b and c not in d
a ~ (b if c else d)
a % b
'%s' % a
'%s %s' % (a, b)
'a' in 'abc'
a
+ b
+ c
a
or b
or
c
a
< b
< c
a,
b,
c
a(
1,
2
)
[
a,
b
]
a
if b
else
c
été
naïve.ñ
日本語
a·b
_x
__x__
x1
""".strip("\n")

TEMPLATES = [
    "", " ", "\n", "\n\n", "a", "a\n", "a\n\n", "a\r\nb\rc\n", "é☃", "{", "{ {", "{a}", "}}", "%}", "#}", "{{ a }}",
    "{{a}}", "a{{ b }}c", "{{ a }}{{ b }}", "{{-a-}}", " {{- a -}} ", " \n{{- a -}}\n b", "{{- 1 }}", "{{ -1 }}",
    "{{+1}}", "{{ a }}\n{{ b }}\n", "{# c #}", "a{# c #}b", " {#- c -#} ", "{#- -#}", "{#-#}", "{##}", "{#+ c +#}\nb",
    "a{#\n\n#}{{ b }}", "{# {{ a }} {% b %} #}", "{# {# #}", "{{ '}}' }}", "{{ '{{' }}", "{{ {'a': {'b': 1}} }}",
    "{{ {'a': {}}}}", "{{ (\na\n) }}", "{% if a %}b{% endif %}", "{%if a%}b{%endif%}", "{%- if a -%} b {%- endif -%}",
    "{% if a %}b{% else %}c{% endif %}", "{% if a %}b{% elif c %}d{% elif e %}f{% else %}g{% endif %}",
    "{% if a %}{% endif %}", "{% if a: %}b{% else: %}c{% endif %}", "{% if a, b %}c{% endif %}",
    "{% if a %}\n{% if b %}\n{% endif %}\n{% endif %}", "{% if (a if b else c) %}{% endif %}",
    "{% for a in b %}c{% endfor %}", "{% for a in b: %}c{% else: %}d{% endfor %}", "{% for a, b in c %}{% endfor %}",
    "{% for (a, b), c in d %}{% endfor %}", "{% for a, in b %}{% endfor %}", "{% for a in b, c %}{% endfor %}",
    "{% for a in b if c %}{% endfor %}", "{% for a in b if c recursive %}{% endfor %}",
    "{% for a in b recursive %}{{ loop(a) }}{% endfor %}", "{% for a in b if c if d else e %}{% endfor %}",
    "{% for a in (b if c else d) %}{% endfor %}", "{% for a in b.c|d %}{% endfor %}", "{% for a in b %}\n{% else %}\n{% endfor %}",
    "{% for a in [1, 2, 3] -%} {{ a }} {%- endfor %}", "{% for (a) in b %}{% endfor %}", "{% for () in b %}{% endfor %}",
    "{% set a = b %}", "{% set a, b = c %}", "{% set a, b = c, d %}", "{% set (a, b) = c %}", "{% set a.b = c %}",
    "{% set a.b, c.d = 1, 2 %}", "{% set a, b.c = 1, 2 %}", "{% set a = 1, %}", "{% set a = b if c %}", "{% set a, = b %}",
    "{% set a %}b{% endset %}", "{% set a | b %}c{% endset %}", "{% set a | b | c(1) %}d{% endset %}",
    "{% set a, b %}c{% endset %}", "{% set a.b %}c{% endset %}", "{% set a: %}c{% endset %}",
    "{% with %}a{% endwith %}", "{% with a = 1 %}{% endwith %}", "{% with a = 1, b = a %}{% endwith %}",
    "{% with (a, b) = c %}{% endwith %}", "{% autoescape true %}a{% endautoescape %}",
    "{% autoescape a or b %}c{% endautoescape %}", "{% block a %}b{% endblock %}", "{% block a %}b{% endblock a %}",
    "{% block a scoped %}{% endblock %}", "{% block a required %}{% endblock %}",
    "{% block a scoped required %} \n{# c #} {% endblock %}", "{% block scoped %}{% endblock %}",
    "{% block a %}{% block b %}{% endblock b %}{% endblock a %}", "{% block if %}{% endblock if %}",
    "{% extends 'a' %}", "{% extends a %}", "{% extends a if b else c %}", "{% print a %}", "{% print a, b %}", "{% print %}",
    "{% print a if b, c %}", "{% macro a() %}{% endmacro %}", "{% macro a(b) %}{% endmacro %}",
    "{% macro a(b, c=1, d=e) %}{{ b }}{% endmacro %}", "{% macro a(b=c if d else e) %}{% endmacro %}",
    "{% macro a(\nb,\nc\n) %}\n{% endmacro %}", "{% call a() %}b{% endcall %}", "{% call(a) b(c) %}d{% endcall %}",
    "{% call(a, b=1) c.d(e) %}{% endcall %}", "{% call a()() %}{% endcall %}", "{% call() a(1) %}{% endcall %}",
    "{% filter a %}b{% endfilter %}", "{% filter a|b(1)|c %}{% endfilter %}", "{% filter a.b %}{% endfilter %}",
    "{% include 'a' %}", "{% include a %}", "{% include ['a', b] %}", "{% include 'a' ignore missing %}",
    "{% include 'a' with context %}", "{% include 'a' without context %}", "{% include 'a' ignore missing with context %}",
    "{% include 'a' ignore missing without context %}", "{% include a if b else c %}", "{% import 'a' as b %}",
    "{% import 'a' as b with context %}", "{% import 'a' as b without context %}", "{% from 'a' import b %}",
    "{% from 'a' import b as c %}", "{% from 'a' import b, c as d, e %}", "{% from 'a' import b with context %}",
    "{% from 'a' import b, c without context %}", "{% from 'a' import with context %}", "{% from 'a' import with %}",
    "{% from a.b import c %}", "{% from 'a' import b, with context %}", "{% from 'a' import with, without %}",
    "{% raw %}{{ a }}{% endraw %}", "{% raw %}{% endraw %}", " {%- raw -%} {{ a }} {%- endraw -%} ", "{%raw%}a{%endraw%}",
    "{% raw %}\n{{ a }}\n{% endraw %}\n{{ b }}", "{% raw %}", "{%- raw -%}\n", "{%+ raw %} a {%+ endraw +%}\n",
    "{% raw %}{% endra %}{% endraw %}", "{#", "{{ a }}\n{#", "a {{ b }} {% if c %} d {% endif %} e\n",
    "{% if a %}\n  b\n{% endif %}\n", "{{ a\n}}\n{{ b }}", "{{ 'a\nb' }}\n{{ c }}", "{%\nif a\n%}\n{%\nendif\n%}",
    "{% set a = {\n'b': 1,\n'c': [\n2\n]\n} %}\n{{ d }}", "{{ a }}{# b\n\n #}{{ c }}", "{% raw %}\n\n{% endraw %}{{ a }}",
    "a\n\n  {{- b }}\n{{ c }}", "{{ a -}}\n\n\n{{ b }}", "{{ a }}\u2028{{ b }}", "\u00a0{{- a -}}\u3000b", "\x0b{{- a -}}\x1cb",
    "\ufeff{{ a }}", "{{\ta\x0c}}", "{{\u00a0a\u2003}}",
]

WITH_OPTIONS = [
    (dict(trim_blocks=True), [
        "{% if a %}\nb\n{% endif %}\nc", "{{ a }}\nb", "{# a #}\nb", "{% if a +%}\nb{% endif %}", "{#+ a +#}\nb",
        "{% raw %}\na{% endraw %}\nb", "{% if a %}\n\nb{% endif %}\n", "{% if a -%}\n\n b{% endif %}",
        "{% if a %}\r\nb\r\n{% endif %}\r\nc", "{% if a %} \nb{% endif %}",
    ]),
    (dict(lstrip_blocks=True), [
        "  {% if a %}b{% endif %}", "a\n  {% if b %}\n  {% endif %}\n", "  {{ a }}", "  {# a #}", "  {%+ if a %}{% endif %}",
        "a  {% if b %}{% endif %}", "{{ a }}  {% if b %}{% endif %}", "{% raw %}\n  {% endraw %}", "  {% raw %}a{% endraw %}",
        "{% if a -%}\n  {% endif %}", "\t {% if a %}\n\u00a0{% endif %}", "{# a #}  {% if b %}{% endif %}",
        "{{ a }}\n  {#+ b #}", "{{ a -}}\n  {% if b %}{% endif %}", "{% raw -%}\n {% endraw %}",
    ]),
    (dict(lstrip_blocks=True, trim_blocks=True), [
        "<ul>\n  {% for a in b %}\n    <li>{{ a }}</li>\n  {% endfor %}\n</ul>\n", "{% if a %}\n  {% if b %}\n{% endif %}{% endif %}",
        "  {# a #}\n  {# b #}\n  c", "{% raw %}\n  a\n  {% endraw %}\n  {% if b %}{% endif %}", "{% if a %}\n  {%- if b %}{% endif %}{% endif %}",
        "{%- if a %}\n  {%+ if b +%}\n  {% endif %}\n{% endif %}",
    ]),
    (dict(keep_trailing_newline=True), ["a\n", "a\n\n", "\n", "", "{{ a }}\r\n", "{% if a %}\n{% endif %}\n"]),
    (dict(newline_sequence="\r\n"), ["a\nb\n", "{{ 'a\nb' }}\n{{ c }}\n", "{% raw %}\na{% endraw %}", "a\r\nb\rc", "{{ 'a\\\nb' }}"]),
    (dict(newline_sequence="\r", keep_trailing_newline=True), ["a\nb\n", "a\r\n"]),
    (dict(line_statement_prefix="#"), [
        "# if a\nb\n# endif", "  # if a\nb\n  # endif\nc", "# for a in b:\n{{ a }}\n# endfor\n", "# for a in (\nb,\nc\n)\nd\n# endfor",
        "a # b", "#if a\n#endif", "# if a   \n\n\n  b\n# endif", "x\n# set a = 1\ny", "# set a = 'b\nc'\nd", "{{ a }}\n# if b\n# endif",
        "{{ a }}# if b\n# endif", "#- if a\n b\n#+ endif", "  \n\n#- if a\n#- endif\n", "# if a\n{% if b %}\n{% endif %}\n# endif",
        "\u00a0# if a\n# endif", "\x0b# if a\n# endif", "# print a", "# print {\n'a': 1\n}\nb", "{# a #}\n# if a\n# endif", "{# # #}# a",
    ]),
    (dict(line_statement_prefix="%", line_comment_prefix="##"), [
        "% if a ## b\nc\n% endif", "## a\nb", "a ## b\nc", "a## b", "  ## a\nb", "##", "a\n##\nb", "a ##", "{{ a }} ## b",
        "% for a in b:\n  {{ a }} ## c\n% endfor ## d\ne", "a \u00a0## b\nc", "a\n\n  ## b\n\nc", "##- a\nb", "a\n  ##- b\nc", "% if a\n## b\n% endif",
        "{% if a %} ## b\n{% endif %}", "%% a", "a % b", "###", "a   b ## c ## d",
    ]),
    (dict(line_comment_prefix="//", lstrip_blocks=True, trim_blocks=True), ["// a\nb", "a // b\n", "  // a\n  {% if b %}\n // c\n{% endif %}", "http://a"]),
    (dict(block_start_string="<%", block_end_string="%>", variable_start_string="${", variable_end_string="}",
          comment_start_string="<#", comment_end_string="#>"), [
        "<% if a %>${ b }<% endif %>", "${ {'a': 1}['a'] }", "<# a #>b", "<% raw %>${ a }<% endraw %>", "{{ a }}{% b %}", "${a}}",
        " <%- if a -%> ${- b -} <%- endif %>",
    ]),
    (dict(block_start_string="<%", block_end_string="%>", variable_start_string="<%=", variable_end_string="%>",
          comment_start_string="<%#", comment_end_string="%>"), [
        "<%= a %>", "<% if a %><%= b %><% endif %>", "<%# a %>b", "<%=a%><%#b%>", "<%- if a -%> <%=- b -%> <% endif %>", "<%= a % b %>",
    ]),
    (dict(block_start_string="<!--", block_end_string="-->", variable_start_string="{{", variable_end_string="}}",
          comment_start_string="<!--#", comment_end_string="-->"), [
        "<!-- if a -->b<!-- endif -->", "<!--# a -->b", "<!--- if a --->b <!-- endif -->", "<!-- raw -->{{ a }}<!-- endraw -->",
        "<!--# a --->  b",
    ]),
    (dict(block_start_string="\\BLOCK{", block_end_string="}", variable_start_string="\\VAR{", variable_end_string="}",
          comment_start_string="\\#{", comment_end_string="}", line_statement_prefix="%%", line_comment_prefix="%#"), [
        "\\BLOCK{if a}\\VAR{b}\\BLOCK{endif}", "%% if a\nb %# c\n%% endif", "\\#{a}b", "a%# b", "\\VAR{ {'a': 1} }",
    ]),
    (dict(block_start_string="[%", block_end_string="%]", variable_start_string="[[", variable_end_string="]]",
          comment_start_string="[#", comment_end_string="#]"), ["[[ a[0] ]]", "[[ [1, [2]] ]]", "[% if a[b] %][[ c ]][% endif %]", "[# a #]"]),
]

EXTENDED = [
    (["jinja2.ext.do"], ["{% do a %}", "{% do a.append(1) %}", "{% do a, b %}", "{% do %}", "{% do a b %}"]),
    (["jinja2.ext.loopcontrols"], ["{% for a in b %}{% break %}{% endfor %}", "{% for a in b %}{% if a %}{% continue %}{% endif %}{% endfor %}",
                                   "{% for a in b %}{% break a %}{% endfor %}"]),
    (["jinja2.ext.debug"], ["{% debug %}", "<pre>{% debug %}</pre>", "{% debug a %}"]),
]

TRANSLATIONS = [
    "{% trans %}a{% endtrans %}", "{% trans %}a %{{ b }}{% endtrans %}", "{% trans %}100%{% endtrans %}", "{% trans a %}{{ a }}{% endtrans %}",
    "{% trans a=b %}{{ a }}%{% endtrans %}", "{% trans a=b, c=d %}{{ a }} {{ c }}{% endtrans %}", "{% trans a=b() %}{{ a }}{% endtrans %}",
    "{% trans count=a|length %}{{ count }} b{% pluralize %}{{ count }} bs{% endtrans %}", "{% trans %}{{ a }}{% pluralize %}{{ a }}s{% endtrans %}",
    "{% trans a=b, c=d %}x{% pluralize c %}y{% endtrans %}", "{% trans num=a %}{{ num }} b{% pluralize %}{{ num }} bs{% endtrans %}",
    "{% trans a=b() %}x{% pluralize %}{{ a }}{% endtrans %}", "{% trans trimmed %}\n a\n b \n{% endtrans %}", "{% trans notrimmed %}\n a\n{% endtrans %}",
    "{% trans trimmed a=b %}\n {{ a }}\n  c\n{% pluralize %}\n d\n e\n{% endtrans %}", "{% trans a=b, trimmed %}\n c\n{% endtrans %}",
    "{% trans 'ctx' %}a{% endtrans %}", "{% trans 'ctx', a=b %}{{ a }}{% endtrans %}", "{% trans 'ctx' a=b %}{{ a }}{% pluralize %}b{% endtrans %}",
    "{% trans: %}a{% endtrans %}", "{% trans a: %}b{% endtrans %}", "{% trans trimmed=a %}b{% endtrans %}", "{% trans trimmed, notrimmed %}b{% endtrans %}",
    "a\n{% trans\na=b,\nc=d %}\n{{ a }}\n{% endtrans %}\n{{ e }}", "{% trans a=b, a=c %}d{% endtrans %}", "{% trans %}{{ a.b }}{% endtrans %}",
    "{% trans %}{% if a %}{% endif %}{% endtrans %}", "{% trans %}a{% pluralize %}b{% endtrans %}", "{% trans %}a{% pluralize b %}c{% endtrans %}",
    "{% trans a %}b{% pluralize c %}d{% endtrans %}", "{% trans a %}b{% pluralize %}c{% pluralize %}d{% endtrans %}", "{% trans %}a",
    "{% trans %}{% trans %}a{% endtrans %}{% endtrans %}", "{% trans a=b c=d %}{% endtrans %}", "{% trans %}{{ a|b }}{% endtrans %}",
    "{% trans %}a{% endfor %}", "{% trans a=1 %}b", "{% trans 1 %}a{% endtrans %}", "{{ _('a') }}{{ gettext('b') }}", "{% trans %}{% 'x' %}{% endtrans %}",
    "{% trans %}{{ 1 }}{% endtrans %}", "{% trans %}a{# b #}c{% endtrans %}", "{% trans a=b %}{% endtrans x %}", "{% pluralize %}", "{% endtrans %}",
    "{% trans _trans=a() %}{{ _trans }}{% pluralize %}b{% endtrans %}", "{% trans a=b if c else d %}{{ a }}{% endtrans %}",
    "{% trans a=1, b=2 %}%(a)s {{ b }}{% endtrans %}", "{% trans %}{% raw %}{{ a }}{% endraw %}{% endtrans %}", "{%- trans -%} a {%- endtrans -%}",
]

ERRORS = [
    "{{", "{{ ", "{{ a", "{{ a b }}", "{{ a }", "{{ }}", "{{ ) }}", "{{ ( }}", "{{ (a] }}", "{{ [a} }}", "{{ a) }}", "{{ {a] }}", "{{ (a }}",
    "{{ 'a }}", "{{ \"a }}", "{{ a $ }}", "{{ a & b }}", "{{ a ! b }}", "{{ a ? b }}", "{{ @ }}", "{{ ` }}", "{{ \\ }}", "é {{ ☃ }}",
    "{{ a\n\n$ }}", "{{ ² }}", "{{ a² }}", "{{ \x00 }}", "{{ \x7f }}", "{{ \u200b }}", "{{ 'é' $ }}", "{{ 007 }}", "{{ .5 }}", "{{ 5. }}",
    "{{ 1__0 }}", "{{ 1_ }}", "{{ 0x }}", "{{ 0xg }}", "{{ 0b2 }}", "{{ 0o8 }}", "{{ 1.5.5 }}", "{{ a. }}", "{{ a.'b' }}", "{{ a.(b) }}", "{{ a.1.5.b.+ }}",
    "{{ '\\x4' }}", "{{ '\\xzz' }}", "{{ '\\u12' }}", "{{ '\\U1234' }}", "{{ '\\U00110000' }}", "{{ '\\N' }}", "{{ '\\N{}' }}", "{{ '\\N{NO SUCH}' }}", "{{ '\\N{A' }}",
    "{{ a[ }}", "{{ a[1,] }}", "{{ a[1 2] }}", "{{ a[::: ] }}", "{{ a[1:2:3:4] }}", "{{ a( }}", "{{ a(1 2) }}", "{{ a(, ) }}", "{{ a(x=1, 2) }}",
    "{{ a(*b, 1) }}", "{{ a(**b, 1) }}", "{{ a(**b, x=1) }}", "{{ a(**b, *c) }}", "{{ a(*b, *c) }}", "{{ a(**b, **c) }}", "{{ a(x=) }}", "{{ a(\n1,\nx=1,\n2) }}",
    "{{ [1 2] }}", "{{ [, ] }}", "{{ [1,,2] }}", "{{ {a} }}", "{{ {a: } }}", "{{ {a: b c: d} }}", "{{ {, } }}", "{{ {**a} }}", "{{ [*a] }}", "{{ a, , b }}",
    "{{ a|  }}", "{{ a|1 }}", "{{ a|b. }}", "{{ a|'b' }}", "{{ a||b }}", "{{ a is }}", "{{ a is 1 }}", "{{ a is b is c }}", "{{ a is b. }}", "{{ a is not }}", "{{ a is b if }}",
    "{{ a + }}", "{{ * a }}", "{{ a * }}", "{{ a == }}", "{{ a == not b }}", "{{ a not b }}", "{{ a if }}", "{{ a if b else }}", "{{ if a }}", "{{ not }} {{ not not }}",
    "{{ a = b }}", "{{ a := b }}", "{{ a; b }}", "{{ a: b }}", "{{ a ** }}", "{{ ~a }}", "{{ a ~ }}", "{{ a %}", "{{ a #}", "{{ lambda: 1 }}", "{{ [a for a in b] }}", "{{ f'a' }}", "{{ a <> b }}",
    "{%", "{% ", "{% %}", "{% 1 %}", "{% 'a' %}", "{% if", "{% if a", "{% if a }}", "{% if %}", "{% if a b %}", "{% if a %}", "{% if a %}{% else %}", "{% if a %}{% elif %}",
    "{% if a %}{% else %}{% else %}{% endif %}", "{% if a %}{% else %}{% elif b %}{% endif %}", "{% if a %}{% endfor %}", "{% if a %}{% endif b %}", "{% endif %}", "{% else %}", "{% elif a %}",
    "{% foo %}", "{% foo %}\n{% bar %}", "a\nb\n{% foo %}", "{% if a %}\n{% foo %}\n{% endif %}", "{% for a in b %}{% if c %}{% endfor %}{% endif %}",
    "{% block a %}{% if b %}{% endblock %}{% endif %}", "{% for a in b %}", "{% for a in b %}{% else %}", "{% for %}", "{% for a %}", "{% for a in %}", "{% for in b %}", "{% for a on b %}",
    "{% for 1 in b %}{% endfor %}", "{% for a.b in c %}{% endfor %}", "{% for a, 1 in b %}{% endfor %}", "{% for true in b %}{% endfor %}", "{% for a in b c %}{% endfor %}",
    "{% for a in b if %}{% endfor %}", "{% for a in b recursive if c %}{% endfor %}", "{% for a in b if c else d %}{% endfor %}x", "{% for a b in c %}{% endfor %}", "{% for a in b %}{% endfor a %}",
    "{% set %}", "{% set a", "{% set 1 = a %}", "{% set a = %}", "{% set a[0] = 1 %}", "{% set a() = 1 %}", "{% set true = 1 %}", "{% set None = 1 %}", "{% set 'a' = 1 %}", "{% set a.b.c = 1 %}",
    "{% set (a.b) = 1 %}", "{% set (a.b, c) = 1 %}", "{% set (a + b) = 1 %}", "{% set (a if b else c) = 1 %}", "{% set [a] = 1 %}", "{% set {} = 1 %}", "{% set (a|b) = 1 %}", "{% set (a is b) = 1 %}",
    "{% set (a and b) = 1 %}", "{% set (a or b) = 1 %}", "{% set (not a) = 1 %}", "{% set (-a) = 1 %}", "{% set (+a) = 1 %}", "{% set (a ~ b) = 1 %}", "{% set (a < b) = 1 %}", "{% set (a[0]) = 1 %}", "{% set (a()) = 1 %}",
    "{% set (a ** b) = 1 %}", "{% set (a // b) = 1 %}", "{% set (a % b) = 1 %}", "{% set a, 1 = b %}", "{% set (\n1) = b %}", "{% set (\na +\nb +\nc) = b %}", "{% set (a,\n1) = b %}", "{% set (a\n<\nb\n) = b %}", "{% for (\na.b) in c %}{% endfor %}", "{% set a\n,\n1\n= b %}", "{% set a b %}", "{% set a = b c %}", "{% set a %}b", "{% set a | %}b{% endset %}", "{% set a. = 1 %}", "{% set a.1 = 1 %}",
    "{% with a %}{% endwith %}", "{% with a = %}{% endwith %}", "{% with a = 1 b = 2 %}{% endwith %}", "{% with a, b = 1, 2 %}{% endwith %}", "{% with 1 = a %}{% endwith %}", "{% with a = 1, %}{% endwith %}", "{% with a.b = 1 %}{% endwith %}", "{% with a = 1 %}",
    "{% autoescape %}{% endautoescape %}", "{% autoescape a %}", "{% block %}{% endblock %}", "{% block 'a' %}{% endblock %}", "{% block a-b %}{% endblock %}", "{% block a b %}{% endblock %}", "{% block a %}", "{% block a %}{% endblock b %}",
    "{% block a required %}b{% endblock %}", "{% block a required %}{{ b }}{% endblock %}", "{% block a required %}{% if b %}{% endif %}{% endblock %}", "{% block a required scoped %}{% endblock %}", "{% block a\nrequired %}\nb\n{% endblock %}",
    "{% extends %}", "{% extends 'a' 'b' c %}", "{% extends 'a', 'b' %}", "{% macro %}{% endmacro %}", "{% macro a %}{% endmacro %}", "{% macro a( %}{% endmacro %}", "{% macro a(1) %}{% endmacro %}", "{% macro a(b=1, c) %}{% endmacro %}", "{% macro a(b c) %}{% endmacro %}",
    "{% macro a(*b) %}{% endmacro %}", "{% macro a(b,) %}{% endmacro %}", "{% macro true() %}{% endmacro %}", "{% macro a(none) %}{% endmacro %}", "{% macro a() %}", "{% macro a.b() %}{% endmacro %}", "{% macro a() b %}{% endmacro %}", "{% macro a(b.c) %}{% endmacro %}",
    "{% call %}{% endcall %}", "{% call a %}{% endcall %}", "{% call a.b %}{% endcall %}", "{% call a()|b %}{% endcall %}", "{% call(a %}{% endcall %}", "{% call a() %}", "{% call(1) a() %}{% endcall %}", "{% call(a=1, b) c() %}{% endcall %}", "\n{% call\na %}",
    "{% filter %}{% endfilter %}", "{% filter |a %}{% endfilter %}", "{% filter 1 %}{% endfilter %}", "{% filter a b %}{% endfilter %}", "{% filter a %}", "{% filter a| %}{% endfilter %}", "{% include %}", "{% include 'a' b %}", "{% include 'a' ignore %}", "{% include 'a' with %}",
    "{% include 'a' with context ignore missing %}", "{% include 'a', 'b' %}", "{% import 'a' %}", "{% import 'a' as %}", "{% import 'a' as 1 %}", "{% import 'a' as b, c %}", "{% import 'a' as b with %}", "{% import %}", "{% import 'a' as true %}", "{% from %}", "{% from 'a' %}",
    "{% from 'a' import %}", "{% from 'a' import b as %}", "{% from 'a' import b, %}", "{% from 'a' import b c %}", "{% from 'a' import 1 %}", "{% from 'a' import _b %}", "{% from 'a' import b, _c %}", "{% from 'a'\nimport\n_b %}", "{% from 'a' import true %}", "{% from 'a' import * %}", "{% from 'a' import b as _c %}",
    "{% print a b %}", "{% print a, %}", "{% print ,a %}", "{% raw %}a", "{% raw %}\n", "a\n{% raw %}\n\nb", "{% raw +%}a{% endraw %}", "{% endraw %}", "{# a", "a\n\n{# b\n", "{#- a", "{#\n", "{% raw a %}", "{% do a %}", "{% break %}", "{% trans %}", "{% debug %}",
    "{% if a %}{{ b }}{% for c in d %}{% endif %}", "{% macro a() %}{% call b() %}{% endmacro %}", "{% if a %}{% set b %}{% endif %}", "{{ a }}\n{{ b }}\n{{ c d }}\n", "{% if a %}\n\n\n", "line\n{{ a.b(\n  c,\n  d e\n) }}", "{{ a is divisibleby }}", "{{ a if b else c d }}",
    "{{ '' ''' }}", "{{ a }}{{ '\\", "{% for a in b %}{% for c in d %}{% if e %}{% else %}", "{% if a %}{% block b %}{% else %}{% endblock %}{% endif %}", "{% été %}", "{{ a.b.c. }}", "{{ loop.index0 + }}", "{{ a\r\n\r\nb }}", "{{ 1 if 2 else 3 4 }}", "{{ a }}{% elif %}", "{{ 'a' 1 }}", "{{ 1 'a' }}", "{{ a[1 }}", "{% if a = b %}{% endif %}", "{% if not %}{% endif %}",
]

CHUNKS = ["a", "a b", "a }}", "", " ", "a, b", "(a, b)", "a}", "'", "a\n\nb", "a %}", "{{ a }}", "a if b else c", "\na", "1 +", "a\n"]


def questions():
    expressions = []
    for line in EXPRESSIONS.split("\n"):
        expressions.append({"source": "{{ %s }}" % line})
    # Expressions over several lines, which the list above holds line by line too.
    for source in ["{{ a\n+ b\n+ c }}", "{{ a\nor b\nor\nc }}", "{{ a\nand b\nand c }}", "{{ a\n< b\n< c }}\n{{ d }}", "{{ a,\nb,\nc }}", "{{ a,\nb,\n}}",
                   "{{ a(\n1,\nx=\n2\n) }}", "{{ [\na,\nb\n] }}", "{{ a\nif b\nelse\nc\nif d else e }}", "{{ a\n.b\n.c\n[0]\n(1) }}", "{{ a\n|b\n|c(\n1) }}",
                   "{{ a\nis\nb\nc }}", "{{ a\nis\nnot\nb }}", "{{ a\n~ b\n~ c }}", "{{ a\n* b\n* c\n+ d\n+ e }}", "{{ a\n**\nb\n** c }}", "{{ -\na }}", "{{ not\na }}",
                   "{{ {\n'a':\n1,\nb\n:c} }}", "{{ a[\n1\n:\n2\n] }}", "{{ a[\n1,\n2\n] }}", "{{ 'a'\n'b' }}", "{{ (\na,\nb\n)\n}}", "{{ a\nnot\nin\nb }}", "{{ a == b\n== c\n}}",
                   "{{ a if b\nif c\nif d }}", "{{ a\n+ b ~\nc }}", "{{ \"line\nbreak\" }}{{ a }}", "{{ \"line\\\ncontinued\" }}\n{{ a }}"]:
        expressions.append({"source": source})
    yield from expressions
    for source in TEMPLATES:
        yield {"source": source}
    for options, sources in WITH_OPTIONS:
        for source in sources:
            yield {"source": source, "options": options}
    for extensions, sources in EXTENDED:
        for source in sources:
            yield {"source": source, "extensions": extensions}
    for source in TRANSLATIONS:
        yield {"source": source, "extensions": ["jinja2.ext.i18n"]}
        yield {"source": source, "extensions": ["jinja2.ext.i18n"], "options": {"newstyle": True}}
    yield {"source": "{% trans %}\n a\n b{% endtrans %}", "extensions": ["jinja2.ext.i18n"], "options": {"trimmed": True}}
    yield {"source": "{% trans notrimmed %}\n a\n b{% endtrans %}", "extensions": ["jinja2.ext.i18n"], "options": {"trimmed": True}}
    for source in ERRORS:
        yield {"source": source}
    for source in CHUNKS:
        yield {"source": source, "expression": True}


if __name__ == "__main__":
    vectors = []
    for question in questions():
        vectors.append({**question, "answer": answer(question)})
    path = pathlib.Path(__file__).resolve().parent.parent / "Vectors" / "syntax.json"
    path.write_text("[\n" + ",\n".join(json.dumps(v, ensure_ascii=True) for v in vectors) + "\n]\n")
    errors = sum("class" in v["answer"] for v in vectors)
    print(len(vectors), "templates,", errors, "of them errors")
