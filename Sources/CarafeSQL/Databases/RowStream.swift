/// The rows of a statement, of which only some are in memory at any time.
///
/// Nothing is sent before the first element is asked for. The stream holds a connection until its last element, or until its
/// iterator is dropped.
public struct RowStream<Element>: AsyncSequence, Sendable {
    let open: @Sendable () -> AsyncIterator

    /// Begins to read.
    public func makeAsyncIterator() -> AsyncIterator { open() }

    /// Reads the elements one after another.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let source: RowSource
        let makeReader: (RowColumns) throws(DatabaseError) -> (Row) throws(DatabaseError) -> Element
        private var read: ((Row) throws(DatabaseError) -> Element)?

        init(
            source: RowSource,
            makeReader: @escaping (RowColumns) throws(DatabaseError) -> (Row) throws(DatabaseError) -> Element
        ) {
            self.source = source
            self.makeReader = makeReader
        }

        /// The next element; nil after the last.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(DatabaseError) -> Element? {
            if source.needsRows { try await source.fetch() }
            guard let row = source.take() else { return nil }
            do throws(DatabaseError) {
                if let read { return try read(row) }
                let read = try makeReader(row.columns)
                self.read = read
                return try read(row)
            } catch {
                throw source.explain(error)
            }
        }
    }
}

/// Fetches rows in portions from a connection that it holds. Belongs to one iterator.
final class RowSource {
    private let session: QuerySession
    private let statement: SQL
    private let fileID: String
    private let line: Int
    private var state = State.new
    private var rows: [[SQLValue]] = []
    private var index = 0
    private var number = 0

    /// How many rows are in memory.
    private static let portion = 128

    private enum State {
        case new
        case open(Reading)
        case ended(RowColumns?)
    }

    private struct Reading: Sendable {
        var held: QuerySession.Held
        var pool: ConnectionPool?
        var box: CursorBox
        var columns: RowColumns
    }

    init(_ session: QuerySession, _ statement: SQL, _ fileID: String, _ line: Int) {
        self.session = session
        self.statement = statement
        self.fileID = fileID
        self.line = line
    }

    deinit {
        guard case .open(let reading) = state else { return }
        let connection = reading.held.connection
        connection.thread.submit {
            connection.closeCursor(reading.box)
            reading.pool?.release(connection)
        }
    }

    var needsRows: Bool {
        if case .ended = state { return false }
        return index == rows.count
    }

    func take() -> Row? {
        guard index < rows.count, let columns else { return nil }
        defer { (index, number) = (index + 1, number + 1) }
        return Row(columns: columns, values: rows[index], number: number)
    }

    private var columns: RowColumns? {
        switch state {
        case .new: nil
        case .open(let reading): reading.columns
        case .ended(let columns): columns
        }
    }

    func explain(_ error: DatabaseError) -> DatabaseError { error.at(statement, fileID, line) }

    func fetch(isolation actor: isolated (any Actor)? = #isolation) async throws(DatabaseError) {
        do throws(DatabaseError) {
            if case .new = state {
                state = .open(try await Self.open(session, statement, fileID, line))
            }
            guard case .open(let reading) = state else { return }
            let (rows, isLast) = try await reading.held.connection.perform(reading.held.lease) {
                _, _ throws(DatabaseError) in
                var rows: [[SQLValue]] = []
                rows.reserveCapacity(Self.portion)
                while rows.count < Self.portion {
                    guard let row = try reading.box.cursor.next() else { return (rows, true) }
                    rows.append(row)
                }
                return (rows, false)
            }
            (self.rows, index) = (rows, 0)
            if isLast { await end(reading) }
        } catch {
            if case .open(let reading) = state { await end(reading) } else { state = .ended(nil) }
            throw explain(error)
        }
    }

    private static func open(
        _ session: QuerySession, _ statement: SQL, _ fileID: String, _ line: Int
    ) async throws(DatabaseError) -> Reading {
        try await session.recorded(statement, fileID, line, { _ in 0 }) { () async throws(DatabaseError) in
            try await open(session, statement)
        }
    }

    private static func open(_ session: QuerySession, _ statement: SQL) async throws(DatabaseError) -> Reading {
        let (held, pool) = try await session.hold(for: statement)
        do throws(DatabaseError) {
            return try await held.connection.perform(held.lease) { connection, _ throws(DatabaseError) in
                let box = CursorBox(try connection.start(statement, isBounded: true))
                connection.keepOpen(box)
                return Reading(held: held, pool: pool, box: box, columns: box.cursor.columns)
            }
        } catch {
            pool?.release(held.connection)
            throw error
        }
    }

    private func end(_ reading: Reading, isolation actor: isolated (any Actor)? = #isolation) async {
        state = .ended(reading.columns)
        // Also where the lease has ended meanwhile, which closed the cursor.
        try? await reading.held.connection.perform(isCancellable: false) { connection, _ throws(DatabaseError) in
            connection.closeCursor(reading.box)
        }
        reading.pool?.release(reading.held.connection)
    }
}

extension Queryable {
    /// The rows of a statement as a sequence that holds few of them in memory.
    ///
    /// ```swift
    /// for try await post in db.stream("SELECT * FROM post", as: Post.self) { … }
    /// ```
    public func stream(_ statement: SQL, fileID: String = #fileID, line: Int = #line) -> RowStream<Row> {
        session.stream(statement, PlainReader.self, fileID, line)
    }

    /// The rows of a statement as a sequence of a `Decodable` type.
    public func stream<Value: Decodable>(
        _ statement: SQL, as type: Value.Type, fileID: String = #fileID, line: Int = #line
    ) -> RowStream<Value> {
        session.stream(statement, DecodableReader<Value>.self, fileID, line)
    }

    /// The only column of a statement's rows as a sequence.
    @_disfavoredOverload
    public func stream<Value: SQLDecodable>(
        _ statement: SQL, as type: Value.Type, fileID: String = #fileID, line: Int = #line
    ) -> RowStream<Value> {
        session.stream(statement, ValueReader<Value>.self, fileID, line)
    }

    /// The rows of a statement as a sequence of tuples.
    public func stream<First: SQLDecodable, Second: SQLDecodable, each Rest: SQLDecodable>(
        _ statement: SQL, as type: (First, Second, repeat each Rest).Type, fileID: String = #fileID, line: Int = #line
    ) -> RowStream<(First, Second, repeat each Rest)> {
        session.stream(statement, TupleReader<First, Second, repeat each Rest>.self, fileID, line)
    }
}

extension QuerySession {
    fileprivate func stream<Reader: RowReading>(
        _ statement: SQL, _ reader: Reader.Type, _ fileID: String, _ line: Int
    ) -> RowStream<Reader.Value> {
        let naming = database.configuration.columnNaming
        return RowStream {
            RowStream.AsyncIterator(source: RowSource(self, statement, fileID, line)) { columns throws(DatabaseError) in
                let reader = try Reader(columns: columns, naming: naming)
                return { row throws(DatabaseError) in try reader.read(row) }
            }
        }
    }
}
