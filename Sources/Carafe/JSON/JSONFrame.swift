/// The place of one value in the text that is being written: an encoder's, a nested container's or a super encoder's.
///
/// Frames are kept in a stack. Those that are open form a chain from `JSONOutput.top` through their parents; those that
/// were closed because something after them was written stay until the value that they belong to is finished, so that
/// a late write still finds its place.
struct JSONFrame {
    enum Shape: UInt8 {
        /// Nothing was asked for yet.
        case empty
        /// A single value.
        case value
        case object
        case array
    }

    let serial: UInt32
    let parent: Int32
    /// How many arrays and objects this value stands in.
    let depth: Int32
    var shape: Shape
    var isOpen = true
    /// False for dictionaries, whose keys are data.
    var convertsKeys = true
    /// How many elements an array has so far.
    var elements = 0
    /// Where the value stands in its parent: the offset of its key's opening quote; the complement of its index; or
    /// `JSONFrame.inPlace` where it adds no step to the path.
    var position: Int
    /// Of a closed frame: the offset of its closing bracket, or of the `{}` that stands for an empty one.
    var end = 0

    /// The position of a value that stands for its parent: the root, and what a single value container holds.
    static let inPlace = Int.min
}

/// What a container holds of its frame: enough to notice that the frame is gone.
struct JSONPlace {
    let frame: Int32
    let serial: UInt32

    /// The place of containers after a failure. No frame is `top` there, and that is -1: this must be neither.
    static let nowhere = JSONPlace(frame: -2, serial: 0)
}

/// One member or element that is being written.
struct JSONPiece {
    /// Where it begins if it was written at the end to be moved into a closed container, else -1.
    let mark: Int
    /// See `JSONFrame.position`.
    let position: Int
}
