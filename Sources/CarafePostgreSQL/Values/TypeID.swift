/// The number of a type in the server's catalog. Those of the types that the server is built with never change.
struct TypeID: RawRepresentable, Hashable, Sendable {
    let rawValue: UInt32

    init(rawValue: UInt32) { self.rawValue = rawValue }

    private init(_ rawValue: UInt32) { self.rawValue = rawValue }

    /// None: the server infers it.
    static let unknown = TypeID(0)
    static let bool = TypeID(16)
    static let bytea = TypeID(17)
    static let int8 = TypeID(20)
    static let text = TypeID(25)
    static let json = TypeID(114)
    static let float8 = TypeID(701)
    static let date = TypeID(1082)
    static let time = TypeID(1083)
    static let timestamp = TypeID(1114)
    static let timestamptz = TypeID(1184)
    static let interval = TypeID(1186)
    static let numeric = TypeID(1700)
    static let uuid = TypeID(2950)

    /// The type of arrays of the types above.
    var array: TypeID? {
        switch self {
        case .bool: TypeID(1000)
        case .bytea: TypeID(1001)
        case .int8: TypeID(1016)
        case .text: TypeID(1009)
        case .json: TypeID(199)
        case .float8: TypeID(1022)
        case .date: TypeID(1182)
        case .time: TypeID(1183)
        case .timestamp: TypeID(1115)
        case .timestamptz: TypeID(1185)
        case .interval: TypeID(1187)
        case .numeric: TypeID(1231)
        case .uuid: TypeID(2951)
        default: nil
        }
    }
}
