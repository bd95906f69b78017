import CPostgreSQL
import CarafeSQL
import Glibc

/// A connection to a PostgreSQL server.
///
/// It is used on one thread alone; libpq never blocks in it: all waiting is done in `wait(for:)`, which a cancellation, a deadline
/// and a broken connection end.
final class PostgreSQLConnection: DriverConnection {
    let settings: PostgreSQLSettings
    let types: TypeCatalog
    let stopper: PostgreSQLCanceller
    private let notices: NoticeHook

    /// libpq's connection; nil after `close()`.
    var handle: OpaquePointer?

    /// Whether the connection broke, and is not used again.
    var isBroken = false

    /// Whether it broke after a statement had succeeded, so that no error told of it.
    var hasBrokenUnseen = false

    /// The rows of a statement that still come.
    var openCursor: (any PostgreSQLRows)?

    /// Whether rows of a copy to the server are being sent.
    var isCopying = false

    /// The state of the transaction before the statement that is running.
    var stateBefore = DriverTransactionState.none

    /// The text of the statement that is running, for errors.
    var statementText: String?

    /// When the statement that is running is to be stopped, in milliseconds of the monotonic clock.
    var deadline: Int?

    /// Whether the deadline is that of a statement which was told to stop.
    var isGivingUp = false

    var prepared: PreparedStatements
    var parameters = Parameters()

    /// Whether statements changed more of the session than a rollback takes back.
    var isSessionChanged = false

    init(
        _ settings: PostgreSQLSettings, types: TypeCatalog, role: ConnectionRole,
        onNotice: (@Sendable (PostgreSQLNotice) -> Void)?
    ) throws(DatabaseError) {
        let handle = try Self.connect(settings.parameters(for: role))
        do throws(DatabaseError) {
            stopper = try PostgreSQLCanceller(handle)
        } catch {
            PQfinish(handle)
            throw error
        }
        self.handle = handle
        self.settings = settings
        self.types = types
        prepared = PreparedStatements(capacity: settings.statementCacheSize)
        notices = NoticeHook(onNotice)
        notices.install(on: handle)
        do throws(DatabaseError) {
            try prepareSession(role)
        } catch {
            close()
            throw error
        }
    }

    deinit { close() }

    private static func connect(_ parameters: [String: String]) throws(DatabaseError) -> OpaquePointer {
        let names = parameters.keys.map { strdup($0) }
        let values = parameters.values.map { strdup($0) }
        defer { for pointer in names + values { free(pointer) } }
        let handle = PQconnectdbParams(
            names.map { UnsafePointer($0) } + [nil], values.map { UnsafePointer($0) } + [nil], 0)
        guard let handle else { throw DatabaseError(.resources, "No memory is left for a connection.") }
        guard PQstatus(handle) == CONNECTION_OK else {
            defer { PQfinish(handle) }
            throw .connectionFailed(handle)
        }
        PQsetnonblocking(handle, 1)
        return handle
    }

    /// Where the start of the connection could not carry the settings, statements do.
    private func prepareSession(_ role: ConnectionRole) throws(DatabaseError) {
        guard !settings.preparesStatements else { return }
        if role == .readOnly { try runScript("SET default_transaction_read_only = on") }
        try types.loadAll(by: self)
    }

    var canceller: any DriverCanceller { stopper }

    /// The process of the server that serves this connection.
    var processID: Int32 { handle.map(PQbackendPID) ?? 0 }

    var transactionState: DriverTransactionState {
        switch PQtransactionStatus(handle) {
        case PQTRANS_INTRANS: .open
        case PQTRANS_INERROR: .failed
        case PQTRANS_ACTIVE: stateBefore
        default: .none
        }
    }

    /// False: what a function that a statement calls does is not known.
    func isReadOnly(_ statement: SQL) throws(DatabaseError) -> Bool { false }

    func ping() throws(DatabaseError) {
        try begin(nil)
        deadline = Self.now + settings.cancelTimeout
        isGivingUp = true
        guard PQsendQuery(handle, "") == 1 else { throw lost() }
        try flush()
        try finishStatement()
    }

    var needsReset: Bool {
        // An error has told of a connection that broke, but for one that broke after its statement.
        if isBroken { return hasBrokenUnseen }
        return isSessionChanged || isCopying || openCursor != nil || transactionState != .none
    }

    func reset() throws(DatabaseError) {
        openCursor?.close()
        if isCopying { try endCopyIn(because: "it was left in the middle") }
        if transactionState != .none { try runScript("ROLLBACK") }
        guard !isBroken else { throw lost() }
        guard isSessionChanged else { return }
        try runScript(
            "CLOSE ALL; SET SESSION AUTHORIZATION DEFAULT; RESET ALL; UNLISTEN *; SELECT pg_advisory_unlock_all(); "
                + "DISCARD TEMP; DISCARD SEQUENCES")
        isSessionChanged = false
    }

    func close() {
        guard let handle else { return }
        openCursor?.abandon()
        self.handle = nil
        isBroken = true
        PQfinish(handle)
    }

    func runScript(_ text: String) throws(DatabaseError) {
        try begin(text)
        guard PQsendQuery(handle, text) == 1 else { throw lost() }
        if StatementText.changesSession(text, anywhere: true) { isSessionChanged = true }
        try flush()
        try finishStatement()
    }
}
