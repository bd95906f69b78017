import CarafeSQL
import CarafeSQLite
import Foundation
import TestSupport
import Testing

/// Rows of every type, written by SQLAlchemy and read by Carafe, and the other way round.
@Suite struct SQLAlchemyTests {
    static let isInstalled = Python.has("sqlalchemy")

    struct Record: Decodable, Equatable {
        var id: Int
        var flag: Bool?
        var big: Int64?
        var ratio: Double?
        var price: Decimal?
        var name: String?
        var data: Data?
        var uid: UUID?
        var moment: LocalDateTime?
        var day: LocalDate?
        var clock: LocalTime?
        var span: Duration?
        var doc: [String: [Int]]?
        var kind: Kind?
    }

    /// SQLAlchemy stores the names of an enumeration's members.
    enum Kind: String, SQLCodable, Codable { case news = "NEWS", opinion = "OPINION" }

    static let model = """
        import datetime as dt, decimal, enum, json, sys, uuid
        from sqlalchemy import *
        from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
        class Kind(enum.Enum):
            NEWS = 1
            OPINION = 2
        class Base(DeclarativeBase): pass
        class Record(Base):
            __tablename__ = "record"
            id = mapped_column(Integer, primary_key=True)
            flag = mapped_column(Boolean)
            big = mapped_column(BigInteger)
            ratio = mapped_column(Float)
            price = mapped_column(Numeric(12, 2))
            name = mapped_column(String(80))
            data = mapped_column(LargeBinary)
            uid = mapped_column(Uuid)
            moment = mapped_column(DateTime)
            day = mapped_column(Date)
            clock = mapped_column(Time)
            span = mapped_column(Interval)
            doc = mapped_column(JSON)
            kind = mapped_column(Enum(Kind))
        engine = create_engine("sqlite:///" + sys.argv[1])
        FULL = dict(flag=True, big=2**63 - 1, ratio=0.1, price=decimal.Decimal("19.99"), name="Zoë \\U0001F600 'quoted'",
            data=bytes([0, 255, 39]), uid=uuid.UUID("00112233-4455-6677-8899-aabbccddeeff"),
            moment=dt.datetime(2024, 2, 29, 23, 59, 59, 6), day=dt.date(1, 1, 1), clock=dt.time(3, 4, 5, 6),
            span=dt.timedelta(days=400, seconds=90, microseconds=7), doc={"ä": [1, 2]}, kind=Kind.OPINION)
        """

    static var full: Record {
        Record(
            id: 1, flag: true, big: .max, ratio: 0.1, price: Decimal(string: "19.99"), name: "Zoë \u{1F600} 'quoted'",
            data: Data([0, 255, 39]), uid: UUID(uuidString: "00112233-4455-6677-8899-AABBCCDDEEFF"),
            moment: LocalDateTime("2024-02-29 23:59:59.000006"), day: LocalDate("0001-01-01"),
            clock: LocalTime("03:04:05.000006"),
            span: .seconds(400 * 86_400 + 90) + .microseconds(7), doc: ["ä": [1, 2]], kind: .opinion)
    }

    @Test("rows that SQLAlchemy wrote are read", .enabled(if: isInstalled))
    func reads() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = folder.path("shared.db")
        let script =
            Self.model + """

                Base.metadata.create_all(engine)
                with Session(engine) as s:
                    s.add(Record(id=1, **FULL)); s.add(Record(id=2)); s.commit()
                """
        _ = try await Python.run(["-c", script, path])
        let db = try open(path)
        let records = try await db.query("SELECT * FROM record ORDER BY id", as: Record.self)
        #expect(records == [Self.full, Record(id: 2)])
        let full = Self.full
        let found = try await db.query(
            """
            SELECT id FROM record WHERE uid = \(full.uid) AND moment = \(full.moment) AND day = \(full.day)
                AND clock = \(full.clock) AND span = \(full.span) AND price = \(full.price) AND kind = \(full.kind) AND flag = \(true)
            """, as: Int.self)
        #expect(found == [1])
        await db.close()
    }

    @Test("rows that Carafe wrote are read by SQLAlchemy", .enabled(if: isInstalled))
    func writes() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = folder.path("shared.db")
        _ = try await Python.run(["-c", Self.model + "\nBase.metadata.create_all(engine)", path])
        let db = try open(path)
        let r = Self.full
        try await db.execute(
            """
            INSERT INTO record (id, flag, big, ratio, price, name, data, uid, moment, day, clock, span, doc, kind)
            VALUES (1, \(r.flag), \(r.big), \(r.ratio), \(r.price), \(r.name), \(r.data), \(r.uid), \(r.moment), \(r.day),
                \(r.clock), \(r.span), \(json: r.doc), \(r.kind))
            """)
        try await db.execute("INSERT INTO record (id) VALUES (2)")
        await db.close()
        let script =
            Self.model + """

                with Session(engine) as s:
                    r = s.get(Record, 1)
                    for k, v in FULL.items():
                        got = getattr(r, k)
                        assert got == v and type(got) is type(v), (k, got, v)
                    assert s.scalars(select(Record.id).filter_by(uid=FULL["uid"], moment=FULL["moment"], day=FULL["day"],
                        clock=FULL["clock"], span=FULL["span"], kind=FULL["kind"], flag=True)).all() == [1]
                    assert all(getattr(s.get(Record, 2), k) is None for k in FULL)
                print("same")
                """
        #expect(String(decoding: try await Python.run(["-c", script, path]), as: UTF8.self) == "same\n")
    }

    @Test("rows as SQLAlchemy stores them are read, also without it")
    func recorded() async throws {
        let db = try Database("sqlite://", driver: .sqlite)
        try await db.executeScript(
            RawSQL(
                """
                CREATE TABLE record (id INTEGER NOT NULL, flag BOOLEAN, big BIGINT, ratio FLOAT, price NUMERIC(12, 2),
                    name VARCHAR(80), data BLOB, uid CHAR(32), moment DATETIME, day DATE, clock TIME, span DATETIME, doc JSON,
                    kind VARCHAR(7), PRIMARY KEY (id));
                INSERT INTO record VALUES (1, 1, 9223372036854775807, 0.1, 19.99, 'Zoë \u{1F600} ''quoted''', x'00ff27',
                    '00112233445566778899aabbccddeeff', '2024-02-29 23:59:59.000006', '0001-01-01', '03:04:05.000006',
                    '1971-02-05 00:01:30.000007', '{"\\u00e4": [1, 2]}', 'OPINION');
                """))
        #expect(try await db.query("SELECT * FROM record", as: Record.self) == [Self.full])
        await db.close()
    }
}
