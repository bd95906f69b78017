/// What a render leaves behind that holds itself, and would never be freed: the frames of macros, which are values of these
/// frames, and containers that a template has put into themselves.
final class RenderRemains {
    /// Whether there will be an ``end()``: what a render hands out to the program stays as it is.
    var isOpen = false

    private var frames: [TemplateContext] = []
    private var containers: [AnyObject] = []
    /// At how many of them those are forgotten that nobody else knows any more.
    private var (frameRoom, containerRoom) = (64, 64)

    /// Remembers a frame to which a value refers.
    func keep(_ frame: TemplateContext) {
        guard isOpen else { return }
        frames.append(frame)
        if frames.count >= frameRoom { frameRoom = Self.forgetUnknown(&frames) }
    }

    /// Remembers a list or dictionary to which `value` was added, if that may hold it.
    @inline(__always)
    func note(_ container: AnyObject, receives value: TemplateValue) {
        if value.holdsValues { noteHolder(container, value) }
    }

    private func noteHolder(_ container: AnyObject, _ value: TemplateValue) {
        guard isOpen, value.mayReach(container), containers.last !== container else { return }
        containers.append(container)
        if containers.count >= containerRoom { containerRoom = Self.forgetUnknown(&containers) }
    }

    /// Forgets the objects that nobody else refers to.
    ///
    /// - Returns: how many there may be until that is done again
    private static func forgetUnknown<Object: AnyObject>(_ objects: inout [Object]) -> Int {
        var known: [Object] = []
        for index in objects.indices where !isKnownUniquelyReferenced(&objects[index]) { known.append(objects[index]) }
        objects = known
        return max(64, known.count * 2)
    }

    /// Frees all of it but what others than the render refer to.
    func end() {
        isOpen = false
        for frame in frames { frame.clear() }
        frames = []
        guard !containers.isEmpty else { return }
        _ = Self.forgetUnknown(&containers)
        CycleCollector.free(&containers)
    }
}

extension TemplateValue {
    /// Whether the value may refer to `container`, which a short search finds out. What takes longer is said to.
    fileprivate func mayReach(_ container: AnyObject) -> Bool {
        var open = [self]
        var steps = 0
        while let value = open.popLast() {
            guard let reference = value.reference else { continue }
            if reference === container { return true }
            switch value {
            case .object(let object) where object is TemplateGenerator || object is LoopObject: return true
            default: break
            }
            guard let held = (reference as? any ValueHolder)?.held else { continue }
            steps += 1 + held.count
            if steps > 200 { return true }
            held.forEach { if $0.holdsValues { open.append($0) } }
        }
        return false
    }
}
