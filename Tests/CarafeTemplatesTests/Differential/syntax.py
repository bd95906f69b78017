"""Answers how Jinja2 reads templates. One JSON object a line comes in, one goes out:

in:  {"source": …, "options": {…}, "extensions": […], "expression": bool}
out: {"tree": …} with the syntax tree as text, or {"class": …, "message": …, "line": …} for an error.

Line numbers of targets and parameters are left out: Carafe's tree has none there.
"""
import json
import struct
import sys

import jinja2
from jinja2 import nodes


def text(value):
    return '"' + "".join(c if " " <= c <= "~" and c not in '"\\' else "\\{%x}" % ord(c) for c in value) + '"'


def constant(value):
    if value is None or isinstance(value, bool):
        return str(value)
    if isinstance(value, int):
        return "%x" % value
    if isinstance(value, float):
        return "float:" + struct.pack(">d", value).hex()
    return text(value)


def form(name, line, *parts):
    return "(" + " ".join([f"{name}@{line}", *parts]) + ")"


def many(values):
    return "[" + " ".join(map(expression, values)) + "]"


def arguments(node):
    parts = [many(node.args), "[" + " ".join(f"{k.key}={expression(k.value)}" for k in node.kwargs) + "]"]
    return " ".join(parts + [optional(node.dyn_args), optional(node.dyn_kwargs)])


def optional(node):
    return "-" if node is None else expression(node)


def target(node):
    if isinstance(node, nodes.Tuple):
        return "<" + " ".join(map(target, node.items)) + ">"
    if isinstance(node, nodes.NSRef):
        return f"{node.name}.{node.attr}"
    return node.name


BINARY = {
    nodes.Add: "add", nodes.Sub: "subtract", nodes.Mul: "multiply", nodes.Div: "divide", nodes.FloorDiv: "floorDivide",
    nodes.Mod: "modulo", nodes.Pow: "power", nodes.And: "and", nodes.Or: "or",
}
UNARY = {nodes.Not: "not", nodes.Neg: "negative", nodes.Pos: "positive"}
COMPARISON = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">=", "in": "in", "notin": "notin"}


def expression(node):
    line = node.lineno
    kind = type(node)
    if kind in BINARY:
        return form(BINARY[kind], line, expression(node.left), expression(node.right))
    if kind in UNARY:
        return form(UNARY[kind], line, expression(node.node))
    if kind is nodes.Name:
        return form("name", line, node.name)
    if kind is nodes.Const:
        return form("constant", line, constant(node.value))
    if kind is nodes.TemplateData:
        return form("data", line, text(node.data))
    if kind is nodes.Tuple:
        return form("tuple", line, many(node.items))
    if kind is nodes.List:
        return form("list", line, many(node.items))
    if kind is nodes.Dict:
        return form("dict", line, *(expression(x) for pair in node.items for x in (pair.key, pair.value)))
    if kind is nodes.CondExpr:
        return form("conditional", line, expression(node.test), expression(node.expr1), optional(node.expr2))
    if kind is nodes.Filter:
        return form("filter", line, optional(node.node), node.name, arguments(node))
    if kind is nodes.Test:
        return form("test", line, expression(node.node), node.name, arguments(node))
    if kind is nodes.Call:
        return form("call", line, expression(node.node), arguments(node))
    if kind is nodes.Getitem:
        return form("item", line, expression(node.node), expression(node.arg))
    if kind is nodes.Getattr:
        return form("attribute", line, expression(node.node), node.attr)
    if kind is nodes.Slice:
        return form("slice", line, optional(node.start), optional(node.stop), optional(node.step))
    if kind is nodes.Concat:
        return form("concatenation", line, many(node.nodes))
    if kind is nodes.Compare:
        operands = (f"{COMPARISON[o.op]} {expression(o.expr)}" for o in node.ops)
        return form("comparison", line, expression(node.expr), *operands)
    if kind is nodes.MarkSafeIfAutoescape:
        return form("object", line, expression(node.expr))
    raise NotImplementedError(kind)


def body(statements):
    return "{" + " ".join(map(statement, statements)) + "}"


def names(pairs):
    return "[" + " ".join(f"{n[0]}:{n[1]}" if isinstance(n, tuple) else n for n in pairs) + "]"


def flags(**values):
    return " ".join(name for name, value in values.items() if value) or "-"


def signature(node):
    return "(" + " ".join(a.name for a in node.args) + ") " + many(node.defaults)


def statement(node):
    line = node.lineno
    kind = type(node)
    if kind is nodes.Output:
        if len(node.nodes) == 1 and isinstance(node.nodes[0], nodes.Call) \
                and isinstance(node.nodes[0].node, nodes.ExtensionAttribute):
            return form("output", line, "debug")
        return form("output", line, many(node.nodes))
    if kind is nodes.Extends:
        return form("extends", line, expression(node.template))
    if kind is nodes.For:
        return form("for", line, target(node.target), expression(node.iter), optional(node.test),
                    flags(recursive=node.recursive), body(node.body), body(node.else_))
    if kind is nodes.If:
        branches = [(node.test, node.body)] + [(e.test, e.body) for e in node.elif_]
        return form("if", line, *(f"{expression(t)} {body(b)}" for t, b in branches), body(node.else_))
    if kind is nodes.Macro:
        return form("macro", line, node.name, signature(node), body(node.body))
    if kind is nodes.CallBlock:
        return form("callblock", line, expression(node.call), signature(node), body(node.body))
    if kind is nodes.FilterBlock:
        return form("filterblock", line, expression(node.filter), body(node.body))
    if kind is nodes.With:
        return form("with", line, "[" + " ".join(map(target, node.targets)) + "]", many(node.values), body(node.body))
    if kind is nodes.Block:
        return form("block", line, node.name, flags(scoped=node.scoped, required=node.required), body(node.body))
    if kind is nodes.Include:
        return form("include", line, expression(node.template),
                    flags(context=node.with_context, missing=node.ignore_missing))
    if kind is nodes.Import:
        return form("import", line, expression(node.template), node.target, flags(context=node.with_context))
    if kind is nodes.FromImport:
        return form("from", line, expression(node.template), names(node.names), flags(context=node.with_context))
    if kind is nodes.ExprStmt:
        return form("do", line, expression(node.node))
    if kind is nodes.Assign:
        # The assignment that `trans` makes for a call that is counted has no line.
        return form("set", "-" if line is None else line, target(node.target), expression(node.node))
    if kind is nodes.AssignBlock:
        return form("setblock", line, target(node.target), optional(node.filter), body(node.body))
    if kind is nodes.Scope and isinstance(node.body[0], nodes.ScopedEvalContextModifier):
        inner = node.body[0]
        return form("autoescape", inner.lineno, expression(inner.options[0].value), body(inner.body))
    if kind is nodes.Break:
        return form("break", line)
    if kind is nodes.Continue:
        return form("continue", line)
    raise NotImplementedError(kind)


def answer(question):
    options = dict(question.get("options") or {})
    extras = {name: options.pop(name) for name in ("newstyle", "trimmed") if name in options}
    environment = jinja2.Environment(extensions=question.get("extensions") or [], **options)
    if extras.get("newstyle"):
        environment.newstyle_gettext = True
    if extras.get("trimmed"):
        environment.policies["ext.i18n.trimmed"] = True
    try:
        if question.get("expression"):
            parser = jinja2.parser.Parser(environment, question["source"], state="variable")
            tree = parser.parse_expression()
            if not parser.stream.eos:
                raise jinja2.TemplateSyntaxError("chunk after expression", parser.stream.current.lineno)
            return {"tree": expression(tree)}
        return {"tree": body(environment.parse(question["source"]).body)}
    except jinja2.TemplateSyntaxError as error:
        return {"class": type(error).__name__, "message": error.message, "line": error.lineno}
    except (ValueError, SyntaxError) as error:
        return {"class": type(error).__name__, "message": str(error), "line": None}
    except RecursionError:
        return {"class": "RecursionError"}


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))))
