import CPostgreSQL

/// What the server has to say beside results: a notice, a warning.
public struct PostgreSQLNotice: Sendable, Hashable {
    /// `NOTICE`, `WARNING`, `INFO`, …, in the server's language.
    public var severity: String
    /// The five characters of SQLSTATE.
    public var code: String
    /// What it says, in one sentence.
    public var message: String
    /// More of it, where there is more. It may hold values of rows.
    public var detail: String?
    /// What to do about it, where the server knows.
    public var hint: String?

    init(_ result: OpaquePointer?) {
        severity = ResultField.severity.text(of: result) ?? ""
        code = ResultField.code.text(of: result) ?? ""
        message = ResultField.message.text(of: result) ?? ""
        detail = ResultField.detail.text(of: result)
        hint = ResultField.hint.text(of: result)
    }
}

/// Carries the hook through libpq, which knows pointers alone.
final class NoticeHook {
    let hook: (@Sendable (PostgreSQLNotice) -> Void)?

    init(_ hook: (@Sendable (PostgreSQLNotice) -> Void)?) { self.hook = hook }

    /// Makes the connection call the hook, which must outlive it.
    func install(on connection: OpaquePointer) {
        PQsetNoticeReceiver(
            connection,
            { context, result in
                guard let context else { return }
                let hook = Unmanaged<NoticeHook>.fromOpaque(context).takeUnretainedValue().hook
                hook?(PostgreSQLNotice(result))
            }, Unmanaged.passUnretained(self).toOpaque())
    }
}
