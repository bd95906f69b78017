"""Tables and rows of every type, by SQLAlchemy: `write URL` makes and fills the table `by_python`, `read URL` compares the
table `by_carafe`, which has the same columns, with it and prints each difference."""
import datetime as dt
import decimal
import enum
import sys
import uuid

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB


class Mood(enum.Enum):
    SAD = "so sad"
    HAPPY = "very happy"


metadata = sa.MetaData()
columns = lambda: [
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("small", sa.SmallInteger), sa.Column("big", sa.BigInteger), sa.Column("yes", sa.Boolean),
    sa.Column("real", sa.Float), sa.Column("amount", sa.Numeric(20, 6)), sa.Column("name", sa.String(80)),
    sa.Column("body", sa.Text), sa.Column("data", sa.LargeBinary), sa.Column("key", sa.Uuid),
    sa.Column("day", sa.Date), sa.Column("at", sa.Time), sa.Column("local", sa.DateTime),
    sa.Column("instant", sa.DateTime(timezone=True)), sa.Column("span", sa.Interval), sa.Column("mood", sa.Enum(Mood)),
    sa.Column("doc", sa.JSON), sa.Column("docb", JSONB), sa.Column("numbers", ARRAY(sa.Integer)),
    sa.Column("texts", ARRAY(sa.Text, dimensions=2)),
]
by_python = sa.Table("by_python", metadata, *columns())
by_carafe = sa.Table("by_carafe", metadata, *columns())

ROWS = [
    dict(
        id=1, small=-32768, big=9223372036854775807, yes=True, real=0.1, amount=decimal.Decimal("12345678901234.567891"),
        name="Zoë 'quoted' \\ \"twice\"", body="line\nline\t€😀", data=bytes(range(256)),
        key=uuid.UUID("00112233-4455-6677-8899-aabbccddeeff"), day=dt.date(2024, 2, 29), at=dt.time(23, 59, 59, 999999),
        local=dt.datetime(2024, 1, 2, 3, 4, 5, 6), instant=dt.datetime(2024, 1, 2, 3, 4, 5, 6, dt.timezone.utc),
        span=dt.timedelta(days=-3, seconds=5, microseconds=7), mood=Mood.HAPPY, doc={"a": [1, None, "ü"]}, docb={"b": 1.5},
        numbers=[1, None, -3], texts=[["a", "NULL"], [None, 'q"\\{},']],
    ),
    dict(id=2),
    dict(
        id=3, small=0, big=-9223372036854775808, yes=False, real=float("inf"), amount=decimal.Decimal("-0.000001"), name="", body="",
        data=b"", key=uuid.UUID(int=0), day=dt.date(1, 1, 1), at=dt.time(0), local=dt.datetime(9999, 12, 31, 23, 59, 59, 999999),
        instant=dt.datetime(1969, 12, 31, 23, 59, 59, 500000, dt.timezone.utc), span=dt.timedelta(0), mood=Mood.SAD, doc=[],
        docb="text", numbers=[], texts=[],
    ),
]

command, url = sys.argv[1:]
with sa.create_engine(url).begin() as connection:
    if command == "write":
        metadata.create_all(connection)
        for row in ROWS:
            connection.execute(by_python.insert().values(**row))
    else:
        read = lambda table: [dict(row) for row in connection.execute(sa.select(table).order_by(table.c.id)).mappings()]
        for one, other in zip(read(by_python), read(by_carafe), strict=True):
            for name, value in one.items():
                if other[name] != value or type(other[name]) is not type(value):
                    print(f"{name} of {one['id']}: {value!r} became {other[name]!r}")
