/// A connection as its event loop sees it, whatever is spoken over it.
package protocol LoopConnection: AnyObject {
    /// The connection's place in its loop's list.
    var index: Int { get set }
    /// Looks whether a deadline has passed.
    func tick(_ now: Tick)
    /// Ends, as soon as it can be done without losing anything, what would go on for ever.
    func drain()
    /// Closes at once where no request has begun.
    func closeIfIdle()
    /// Closes at once, whatever is under way.
    func abort()
}
