"""Collects the cases of a subject, densely written; see cases/*.py."""

import re


class Subject:
    """The cases of one subject; each module in cases/ has one, named `cases`."""

    def __init__(self, context=None, **options):
        self.context = context or {}
        self.options = options
        self.all = []

    def template(self, name, main, context=None, *, ask=None, **options):
        """A case of its own: `main` is a source, or a dictionary of several with one named main."""
        templates = main if isinstance(main, dict) else {"main": main}
        text = "\n".join(templates.values())
        values = {**self.context, **(context or {})}
        case = {
            "name": name,
            "templates": templates,
            # Of what several cases share, only what this one names.
            "context": {key: value for key, value in values.items() if re.search(rf"\b{re.escape(key)}\b", text)},
            "options": {**self.options, **options},
            "ask": ask,
        }
        self.all.append({key: value for key, value in case.items() if value})

    def expressions(self, group, lines, context=None, **options):
        """A case for each line: an expression, which is printed."""
        for line in nonempty(lines):
            self.template(f"{group}: {line}", "{{ " + line + " }}", context, **options)

    def sources(self, group, lines, context=None, **options):
        """A case for each line: a whole template. `⏎` stands for a newline."""
        for line in nonempty(lines):
            self.template(f"{group}: {line}", line.replace("⏎", "\n"), context, **options)

    def values(self, group, line, values, **options):
        """A case for each value of `x` in one expression."""
        for value in values:
            self.template(f"{group}: {line} with {value!r}", "{{ " + line + " }}", {"x": value}, **options)


def nonempty(lines):
    return [line for line in lines.strip("\n").split("\n") if line.strip()]
