/// A parsed form.
public struct FormData: Sendable {
    /// The fields that are not files, in the order in which they were sent.
    public var fields = Parameters()

    /// The files, in the order in which they were sent; file inputs left empty are among them
    /// (``Upload/isChosen``).
    public var files: [Upload] = []

    /// A form without fields.
    public init() {}
}
