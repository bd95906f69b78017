"""Answers what jinja2.meta finds in templates: a source a line comes in as JSON, the variables and templates go out."""
import json
import sys

import jinja2
import jinja2.meta


class Anything(dict):
    """Filters and tests of any name: which there are is not the question."""

    def get(self, name, default=None):
        return lambda *arguments, **named: 1 / 0

    __getitem__ = get

    def __contains__(self, name):
        return True


def answer(source):
    environment = jinja2.Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols", "jinja2.ext.i18n"])
    del environment.globals["_"]
    environment.filters = environment.tests = Anything()
    try:
        tree = environment.parse(source)
    except jinja2.TemplateSyntaxError:
        return {}
    templates = list(jinja2.meta.find_referenced_templates(tree))
    try:
        return {"variables": sorted(jinja2.meta.find_undeclared_variables(tree)), "templates": templates}
    except (jinja2.TemplateSyntaxError, AssertionError):
        # Duplicate blocks, and names that Jinja itself loses track of.
        return {"templates": templates}


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))))
