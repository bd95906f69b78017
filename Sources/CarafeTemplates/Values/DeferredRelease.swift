/// Releases containers that hold containers without recursion.
///
/// A template can nest lists a million deep, and releasing the outermost would need a stack for all of them. So a container
/// that goes away hands its contents over instead: the first one on a thread releases them, and those that go away
/// meanwhile only add to what is left to do (CPython calls the same its trashcan).
enum DeferredRelease {
    /// Lets go of `values`, later if others are being let go of.
    ///
    /// Nobody else must hold the array for long: it is its release that is deferred.
    static func release(_ values: consuming [TemplateValue]) {
        guard values.contains(where: \.holdsValues) else { return }
        ThreadState.current.release(values)
    }

    /// Lets go of `object`, which may hold values that no container holds.
    static func release(object: consuming AnyObject?) {
        if object != nil { ThreadState.current.release(object) }
    }
}

extension TemplateValue {
    /// Whether releasing the value may release others.
    var holdsValues: Bool {
        switch self {
        case .list, .tuple, .dict, .object, .undefined: true
        default: false
        }
    }
}
