"""Compiles and renders template files with the real Jinja2: a manifest line in, an answer out, as JSON.

A line of the manifest names a template below the first of several folders, in which are those that it includes and
extends:

    {"roots": ["/…/templates", …], "name": "a/b.html", "options": {…}, "filters": […], "tests": […], "functions": […]}

The options are those of a case (see oracle.py). The filters, tests and functions are names that the package defines for
its templates: here such a filter gives its value back, such a test is false, and such a function returns "name()".

The answer repeats the name and has "compiled": true or false; where the template compiled and rendered without variables,
"output"; otherwise "error", as in a case. Where Jinja2's own answer differs from one without its mistakes (see oracle.py),
"original" has it.
"""

import json
import pathlib
import sys

import jinja2

from oracle import Log, both, describe, make_environment


class Folders(jinja2.BaseLoader):
    """The templates below some folders; each one's file name is its name."""

    def __init__(self, roots):
        self.roots = [pathlib.Path(root) for root in roots]

    def path(self, name):
        """The file of a template, or None."""
        try:
            parts = jinja2.loaders.split_template_path(name)
        except (jinja2.TemplateNotFound, AttributeError):
            return None
        return next((path for root in self.roots if (path := root.joinpath(*parts)).is_file()), None)

    def __contains__(self, name):
        return self.path(name) is not None

    def get_source(self, environment, template):
        path = self.path(template)
        if path is None:
            raise jinja2.TemplateNotFound(template)
        return path.read_text(encoding="utf-8"), template, None


def attempt(line, repaired):
    """What Jinja2 makes of a template, as it is or repaired."""
    folders = Folders(line["roots"])
    answer = {"name": line["name"], "compiled": False}
    try:
        environment = make_environment(line["options"], folders, Log(), repaired)
        for name in line.get("filters", ()):
            environment.filters[name] = lambda value, *positional, **named: value
        for name in line.get("tests", ()):
            environment.tests[name] = lambda value, *positional, **named: False
        for name in line.get("functions", ()):
            environment.globals[name] = lambda *positional, name=name, **named: f"{name}()"
        template = environment.get_template(line["name"])
        answer["compiled"] = True
        answer["output"] = template.render()
    except Exception as error:  # noqa: BLE001 (whatever it is, it is the answer)
        answer["error"] = describe(error, folders)
    return answer


def main():
    for text in sys.stdin:
        line = json.loads(text)
        answer = both(attempt(line, repaired=False), lambda line=line: attempt(line, repaired=True))
        print(json.dumps(answer, sort_keys=True), flush=True)


if __name__ == "__main__":
    main()
