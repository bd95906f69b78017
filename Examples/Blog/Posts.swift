import Carafe
import CarafeSQL

/// Listing, searching, reading, writing, editing and deleting posts.
func posts() -> Blueprint {
    let posts = Blueprint("posts")

    posts.get("/", name: "index") { (request: Request, db: Database) async throws in
        let text = request.query["q"] ?? ""
        guard text.isStorable else { throw Abort(.badRequest) }
        let page = try await list(Post.Filter(text: text), for: request, from: db)
        return try request.render("posts/index.html", ["page": page, "q": text])
    }

    posts.get("/tags/<tag>", name: "tag") { (request: Request, db: Database, tag: String) async throws in
        let page = try await list(Post.Filter(tag: tag), for: request, from: db)
        return try request.render("posts/index.html", ["page": page, "tag": tag])
    }

    posts.get("/feed.atom", name: "feed") { (request: Request, db: Database) async throws in
        let newest = try await db.query("\(Post.matching(Post.Filter())) LIMIT 20", as: Post.self)
        var response = try request.render("posts/feed.xml", ["posts": newest])
        response.headers[.contentType] = "application/atom+xml; charset=utf-8"
        return response
    }

    posts.get("/posts/<int:id>", name: "show") { (request: Request, db: Database, id: Int) async throws in
        try request.render("posts/show.html", ["post": try await Post.with(id: id, for: request.account?.id, in: db)])
    }

    posts.get("/posts/<int:id>/image/<version>", name: "image") {
        (request: Request, db: Database, id: Int, version: String) async throws in
        let image = try await Image.of(id, for: request.account?.id, in: db)
        var response = Response(bytes: image.content, contentType: image.mediaType)
        response.headers[.cacheControl] = "private, max-age=31536000, immutable"
        response.headers[.xContentTypeOptions] = "nosniff"
        return response
    }

    posts.get("/posts/new", name: "new") { request in
        _ = try request.writer
        return try request.render("posts/editor.html", ["draft": Draft()])
    }

    posts.post("/posts/new", name: "create") { (request: Request, db: Database, form: Form<Draft>) async throws in
        let author = try request.writer
        do {
            let id = try await Post.add(form.value, image: checkedImage(of: form), by: author.id, to: db)
            request.flash(form.value.isDraft ? "Your draft is saved." : "Your post is online.")
            return redirect(to: try request.url(for: ".show", ["id": id]))
        } catch let refusal as Refusal {
            return try editor(form.value, refusal, request)
        }
    }

    posts.get("/posts/<int:id>/edit", name: "edit") { (request: Request, db: Database, id: Int) async throws in
        let post = try await own(id, request, db)
        return try request.render("posts/editor.html", ["draft": Draft(post), "post": post])
    }

    posts.post("/posts/<int:id>/edit", name: "update") {
        (request: Request, db: Database, id: Int, form: Form<Draft>) async throws in
        let post = try await own(id, request, db)
        do {
            try await Post.update(id, to: form.value, image: checkedImage(of: form), in: db)
            request.flash("Your changes are saved.")
            return redirect(to: try request.url(for: ".show", ["id": id]))
        } catch let refusal as Refusal {
            return try editor(form.value, of: post, refusal, request)
        }
    }

    posts.post("/posts/<int:id>/delete", name: "delete") { (request: Request, db: Database, id: Int) async throws in
        _ = try await own(id, request, db)
        try await Post.delete(id, from: db)
        request.flash("The post is gone.")
        return redirect(to: try request.url(for: ".index"))
    }

    return posts
}

/// One page of the posts that match.
private func list(_ filter: Post.Filter, for request: Request, from db: Database) async throws -> Pagination<Post> {
    var filter = filter
    filter.reader = request.account?.id
    var page = try await db.paginate(Post.matching(filter), for: request, perPage: 5, as: Post.self)
    page.items = try await Post.withTags(page.items, in: db)
    return page
}

/// A post of the user who is logged in; those of others are forbidden.
private func own(_ id: Int, _ request: Request, _ db: Database) async throws -> Post {
    let account = try request.writer
    let post = try await Post.with(id: id, for: account.id, in: db)
    guard post.authorId == account.id else { throw Abort(.forbidden) }
    return post
}

/// What is wrong with a form, in words for its author.
private struct Refusal: Error {
    let message: String
}

/// The image that came with a form, if one did.
///
/// - Throws: ``Refusal`` where the form cannot be taken as it is
private func checkedImage(of form: Form<Draft>) async throws -> Image? {
    if let problem = form.value.problem { throw Refusal(message: problem) }
    guard let file = form.file("image"), file.isChosen else { return nil }
    guard file.size <= Image.limit else {
        throw Refusal(message: "A picture has at most \(Image.limit >> 20) MB.")
    }
    guard let image = Image(try await file.bytes(), description: form.value.imageDescription ?? "") else {
        throw Refusal(message: "A picture is a PNG, JPEG, GIF or WebP file.")
    }
    return image
}

/// The form once more, with what its author has written and what is wrong with it.
private func editor(_ draft: Draft, of post: Post? = nil, _ refusal: Refusal, _ request: Request) throws -> Response {
    request.flash(refusal.message, category: "error")
    return try request.render("posts/editor.html", ["draft": draft, "post": post])
}
