"""Context values that JSON cannot say: objects with a single key that starts with a dollar sign.

    {"$tuple": [1, 2]}                      a tuple
    {"$dict": [[key, value], …]}            a dictionary whose keys are not all strings
    {"$int": "123456789012345678901"}       an integer past 64 bits
    {"$float": "inf"}                       inf, -inf, nan, -0.0, or a number that has to stay a float
    {"$markup": "<b>"}                      Markup
    {"$bytes": "caf\u00e9"}                 bytes, written as the code points of ISO 8859-1
    {"$date": "2024-03-05"}                 a date; also "$time", "$datetime" (ISO 8601, the offset is optional)
    {"$generator": [1, 2]}                  an iterator that can be read once and knows no length
    {"$object": {"class": "User", "attributes": {…}, "html": "<b>"}}
                                            an object with attributes, without items; prints as <User>; `html` is
                                            optional and is what its __html__ returns
    {"$undefined": {"name": "x"}}           an undefined value of the environment's kind; or {"hint": "message"}
    {"$function": "arguments"}              a function, see FUNCTIONS
"""

import datetime

from jinja2 import pass_context
from markupsafe import Markup


class AnyObject:
    """An object with the attributes given; `make_object` derives a class of the wanted name for each."""

    def __init__(self, attributes):
        self.__dict__.update(attributes)

    def __repr__(self):
        return f"<{type(self).__name__}>"


def make_object(description, decode):
    """An object of a class with the described name; of no module, for Jinja2's messages name that too."""
    body = {"__module__": "builtins"}
    if "html" in description:
        body["__html__"] = lambda self: Markup(description["html"])
    kind = type(description.get("class", "Object"), (AnyObject,), body)
    return kind({key: decode(value) for key, value in description.get("attributes", {}).items()})


def arguments(*positional, **named):
    """Tells how it was called."""
    return f"{positional!r} {named!r}"


def identity(value):
    """Returns what it is given."""
    return value


def greet(name, greeting="Hello", *, mark="!"):
    """Has one parameter of each sort."""
    return f"{greeting} {name}{mark}"


def markup(value):
    """Returns its argument as Markup."""
    return Markup(value)


def fail(message="failed"):
    """Raises a ValueError."""
    raise ValueError(message)


@pass_context
def seen(context, *names):
    """Tells which of the names its context has, and their values."""
    return " ".join(f"{name}={context[name]}" for name in names if name in context) or "nothing"


FUNCTIONS = {function.__name__: function for function in (arguments, identity, greet, markup, fail, seen)}


def decode(value, environment):
    """The Python value that a JSON value of a case stands for."""

    def each(inner):
        return decode(inner, environment)

    if isinstance(value, list):
        return [each(item) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) != 1 or not next(iter(value)).startswith("$"):
        return {key: each(item) for key, item in value.items()}
    ((tag, content),) = value.items()
    if tag == "$undefined":
        return environment.undefined(**content)
    return {
        "$tuple": lambda: tuple(each(content)),
        "$dict": lambda: {each(key): each(item) for key, item in content},
        "$int": lambda: int(content),
        "$float": lambda: float(content),
        "$markup": lambda: Markup(content),
        "$bytes": lambda: content.encode("latin-1"),
        "$date": lambda: datetime.date.fromisoformat(content),
        "$time": lambda: datetime.time.fromisoformat(content),
        "$datetime": lambda: datetime.datetime.fromisoformat(content),
        "$generator": lambda: (item for item in each(content)),
        "$object": lambda: make_object(content, each),
        "$function": lambda: FUNCTIONS[content],
    }[tag]()
