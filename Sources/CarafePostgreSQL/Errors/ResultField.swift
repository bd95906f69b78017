import CPostgreSQL

/// The parts of an error or notice, by the letters of the protocol.
enum ResultField: UInt8 {
    case severity = 0x53  // S
    case code = 0x43  // C
    case message = 0x4D  // M
    case detail = 0x44  // D
    case hint = 0x48  // H
    case position = 0x50  // P
    case table = 0x74  // t
    case column = 0x63  // c
    case constraint = 0x6E  // n

    /// The field's text, where the server sent one.
    func text(of result: OpaquePointer?) -> String? {
        guard let field = PQresultErrorField(result, CInt(rawValue)) else { return nil }
        return String(cString: field)
    }
}
