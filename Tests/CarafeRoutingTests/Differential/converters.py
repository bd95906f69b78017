"""Werkzeug's converters with our repairs, and two of an application's own."""

import math
import re
from decimal import Decimal
from uuid import UUID

from werkzeug.routing import ValidationError
from werkzeug.routing import converters as standard


def single(value):
    """A path has room for one value."""
    if isinstance(value, list):
        raise ValueError(value)
    return value


class Hexadecimal(standard.BaseConverter):
    """A converter of an application's own, within a segment."""

    def to_python(self, value):
        if not re.fullmatch("[0-9a-f]{1,8}", value):
            raise ValidationError
        return int(value, 16)

    def to_url(self, value):
        if type(value) is not int or value < 0:
            raise ValueError(value)
        return format(value, "x")


class Tail(standard.BaseConverter):
    """A converter of an application's own, across segments."""

    regex = "[^/].*?"
    weight = 200

    def to_python(self, value):
        if "b" in value:
            raise ValidationError
        return value


CUSTOM = {"hex": Hexadecimal, "tail": Tail}


def noting(plain):
    """Makes a converter note on its map that it writes otherwise than Werkzeug's."""

    def decorate(converter):
        repaired = converter.to_url

        def to_url(self, value):
            try:
                expected = plain.to_url(self, value)
            except (ValueError, TypeError):
                expected = None
            try:
                text = repaired(self, value)
            except (ValueError, TypeError) as error:
                self.map.writes_otherwise |= expected is not None
                raise ValueError(value) from error
            self.map.writes_otherwise |= text != expected
            return text

        converter.to_url = to_url
        return converter

    return decorate


@noting(standard.UnicodeConverter)
class String(standard.UnicodeConverter):
    def to_url(self, value):
        return super().to_url(single(value))


@noting(standard.PathConverter)
class Path(standard.PathConverter):
    def to_url(self, value):
        return super().to_url(single(value))


@noting(Tail)
class WritableTail(Tail):
    def to_url(self, value):
        return super().to_url(single(value))


@noting(standard.AnyConverter)
class Any(standard.AnyConverter):
    def to_url(self, value):
        return standard.BaseConverter.to_url(self, super().to_url(str(single(value))))


@noting(standard.IntegerConverter)
class Integer(standard.IntegerConverter):
    def to_python(self, value):
        number = super().to_python(value)
        if not -(2**63) <= number < 2**63:
            raise ValidationError
        return number

    def to_url(self, value):
        if isinstance(single(value), UUID) or not -(2**63) <= int(value) < 2**63:
            raise ValueError(value)
        return super().to_url(value)


@noting(standard.FloatConverter)
class Float(standard.FloatConverter):
    def to_url(self, value):
        if isinstance(single(value), UUID) or not math.isfinite(float(value)):
            raise ValueError(value)
        text = format(Decimal(repr(float(value))), "f")
        return text if "." in text else text + ".0"


@noting(standard.UUIDConverter)
class Uuid(standard.UUIDConverter):
    def to_url(self, value):
        if not re.fullmatch(self.regex, str(single(value)), re.ASCII):
            raise ValueError(value)
        return str(value)


CONVERTERS = {
    "default": String, "string": String, "any": Any, "path": Path, "int": Integer, "float": Float, "uuid": Uuid,
    "hex": Hexadecimal, "tail": WritableTail,
}
