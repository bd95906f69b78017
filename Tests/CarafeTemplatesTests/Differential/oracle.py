"""Answers template cases with the real Jinja2: one case a line on standard input, one answered case a line on output.

A case:

    {"name": "…", "templates": {"main": "…", "other": "…"}, "context": {…}, "options": {…}, "ask": "…"}

`main` is rendered with the context (see values.py). An answered case has beside these either "output" or
"error": {"class", "message", "template", "line"}, where the place is that of a syntax error, or of the innermost
template in the traceback of another exception. "internal": true in an error says that its message names functions of
Jinja2's own source, so that only class and place can be expected of another engine.

Options are those of Jinja2's Environment by their names, and:

    undefined           the name of the class; "LoggingUndefined" appends its warnings to the output
    autoescape          true, false, "select" (select_autoescape()) or its keyword arguments
    extensions          names of extensions
    finalize            "none" (None prints as nothing), "brackets" (every value in brackets)
    sandboxed           true or "immutable"
    native              true: the output is the repr of the value
    policies            a dictionary
    globals             a dictionary of context values
    gettext             {"message": "translation", "context|message": …, "singular|plural": ["…", "…"]}
    newstyle            true for new style gettext

"ask" is one of: "render" (the default); "undeclared", "references" (what `jinja2.meta` finds in `main`), "module" (the text
of `main` and what it exports): the output is the repr of the answer.

Jinja2 makes three mistakes that no other engine should repeat: it folds `~` of constants by other rules of escaping than
those at run time; inside {% autoescape variable %} it escapes constants, and joins with `~`, by the wrong rule; and it
writes an infinite literal as a name that nobody defines. Each case is therefore answered by Jinja2 as it is and by one
without these mistakes; where they differ, the answer is that of the latter, and "original" has the former.
"""

import json
import math
import re
import sys
import traceback
import unittest.mock
import warnings

import jinja2
import jinja2.meta
import jinja2.nativetypes
import jinja2.sandbox
from jinja2.compiler import CodeGenerator
from jinja2.nodes import Concat, Impossible, TemplateData

from values import decode

warnings.simplefilter("ignore")

INTERNALS = re.compile(r"\b(?:sync_)?(?:do|test)_\w+\(\)|\w+\.__\w+__\(\)|<lambda>|Context\.call|Catalog\.|_make_new_")


class RepairedGenerator(CodeGenerator):
    """Escapes constants and joins with `~` by the autoescaping in force."""

    def _output_child_to_const(self, node, frame, finalize):
        if frame.eval_ctx.volatile and not isinstance(node, TemplateData):
            raise Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def visit_Const(self, node, frame):  # noqa: N802 (Jinja2's name)
        if isinstance(node.value, float) and math.isinf(node.value):
            self.write(f"float('{node.value}')")
        else:
            super().visit_Const(node, frame)

    def visit_Concat(self, node, frame):  # noqa: N802 (Jinja2's name)
        if frame.eval_ctx.volatile:
            self.write("(markup_join if context.eval_ctx.autoescape else str_join)((")
        else:
            self.write("markup_join((" if frame.eval_ctx.autoescape else "str_join((")
        for child in node.nodes:
            self.visit(child, frame)
            self.write(", ")
        self.write("))")


class CaseLoader(jinja2.BaseLoader):
    """The templates of a case; each one's file name is its name."""

    def __init__(self, templates):
        self.templates = templates

    def get_source(self, environment, template):
        if template not in self.templates:
            raise jinja2.TemplateNotFound(template)
        return self.templates[template], template, None

    def list_templates(self):
        return sorted(self.templates)


class Catalog:
    """Translations as `install_gettext_translations` takes them."""

    def __init__(self, messages):
        self.messages = messages

    def gettext(self, message):
        return self.messages.get(message, message)

    def ngettext(self, singular, plural, number):
        return self.messages.get(f"{singular}|{plural}", [singular, plural])[0 if number == 1 else 1]

    def pgettext(self, context, message):
        return self.messages.get(f"{context}|{message}", message)

    def npgettext(self, context, singular, plural, number):
        return self.messages.get(f"{context}|{singular}|{plural}", [singular, plural])[0 if number == 1 else 1]


class Log:
    """Collects what a logging undefined says."""

    def __init__(self):
        self.lines = []

    def warning(self, format, *values):
        self.lines.append(format % values)

    def error(self, format, *values):
        self.lines.append(format % values)


FINALIZERS = {
    "none": lambda value: "" if value is None else value,
    "brackets": lambda value: f"[{value}]",
}


def dumps(value, **arguments):
    """The function of the policy json.dumps_function, which tells how it was called."""
    indent = arguments.get("indent")
    width = -1 if indent is None else indent if isinstance(indent, int) else len(indent)
    return f"<{value!r}|{arguments.get('sort_keys', False)}|{width}>"


def make_environment(options, loader, log, repaired):
    """The environment that the options of a case describe."""
    options = dict(options)
    sandboxed, native = options.pop("sandboxed", False), options.pop("native", False)
    policies, variables = options.pop("policies", {}), options.pop("globals", {})
    messages, newstyle = options.pop("gettext", None), options.pop("newstyle", False)
    if "undefined" in options:
        name = options["undefined"]
        options["undefined"] = (
            jinja2.make_logging_undefined(log) if name == "LoggingUndefined" else getattr(jinja2, name))
    autoescape = options.get("autoescape")
    if autoescape == "select" or isinstance(autoescape, dict):
        options["autoescape"] = jinja2.select_autoescape(**({} if autoescape == "select" else autoescape))
    if "finalize" in options:
        options["finalize"] = FINALIZERS[options["finalize"]]
    kind = jinja2.Environment
    if sandboxed == "immutable":
        kind = jinja2.sandbox.ImmutableSandboxedEnvironment
    elif sandboxed:
        kind = jinja2.sandbox.SandboxedEnvironment
    elif native:
        kind = jinja2.nativetypes.NativeEnvironment
    environment = kind(loader=loader, **options)
    if repaired:
        environment.code_generator_class = RepairedGenerator
    if "json.dumps_function" in policies:
        policies = {**policies, "json.dumps_function": dumps}
    environment.policies.update(policies)
    if messages is not None:
        environment.install_gettext_translations(Catalog(messages), newstyle=newstyle)
    elif newstyle:
        environment.install_null_translations(newstyle=True)
    environment.globals.update({name: decode(value, environment) for name, value in variables.items()})
    return environment


def ask(case, environment, log):
    """The output of a case."""
    question = case.get("ask", "render")
    source = case["templates"]["main"]
    context = {name: decode(value, environment) for name, value in case.get("context", {}).items()}
    if question == "undeclared":
        return repr(sorted(jinja2.meta.find_undeclared_variables(environment.parse(source, "main"))))
    if question == "references":
        return repr(list(jinja2.meta.find_referenced_templates(environment.parse(source, "main"))))
    template = environment.get_template("main")
    if question == "module":
        module = template.make_module(context)
        exports = {name: str(value) for name, value in sorted(vars(module).items()) if not name.startswith("_")}
        return repr([str(module), exports])
    if case.get("options", {}).get("native"):
        return repr(template.render(context))
    return template.render(context) + "".join("\n" + line for line in log.lines)


def describe(error, names):
    """An exception as a case has it; `names` contains those of the templates."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        place = {"template": error.name or error.filename or "main", "line": error.lineno}
        return {"class": type(error).__name__, "message": error.message, **place}
    frames = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    name, line = next(((name, line) for name, line in reversed(frames) if name in names), (None, None))
    result = {"class": type(error).__name__, "message": str(error), "template": name, "line": line}
    if isinstance(error, SyntaxError) or INTERNALS.search(str(error)):
        result["internal"] = True
    return result


def attempt(case, repaired):
    """What Jinja2 makes of a case, as it is or repaired."""
    log = Log()
    try:
        environment = make_environment(case.get("options", {}), CaseLoader(case["templates"]), log, repaired)
        return {"output": ask(case, environment, log)}
    except Exception as error:  # noqa: BLE001 (whatever it is, it is the answer)
        return {"error": describe(error, case["templates"])}


def unfolded(self, eval_ctx=None):
    """Stands for the folding of `~`."""
    raise Impossible


def answer(case):
    """The case with its output or error."""
    original = attempt(case, repaired=False)
    if case.get("options", {}).get("native"):
        return {**case, **original}
    return {**case, **both(original, lambda: attempt(case, repaired=True))}


def both(original, attempt_repaired):
    """The repaired answer, with the original one where it differs."""
    with unittest.mock.patch.object(Concat, "as_const", unfolded):
        repaired = attempt_repaired()
    return repaired if repaired == original else {**repaired, "original": original}


def as_line(case):
    """A case as JSON. Its own keys are sorted; those of the context have an order that matters."""
    return json.dumps(dict(sorted(case.items())), ensure_ascii=False)


def main():
    for line in sys.stdin:
        print(as_line(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
