import CarafeSigning

/// The kind of error with which a call refuses; nil where it does not, or throws some other error.
func refusal<Output>(_ call: () throws -> Output) -> SigningError.Kind? {
    do {
        _ = try call()
        return nil
    } catch {
        return (error as? SigningError)?.kind
    }
}
