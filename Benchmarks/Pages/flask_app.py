"""The peer of main.swift in Flask with SQLAlchemy, as its documentation has it."""

import os

from flask import Flask, jsonify, render_template
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)


class Post(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    author: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)


@app.get("/post/<int:id>")
def post(id):
    post = db.get_or_404(Post, id)
    return jsonify(id=post.id, author=post.author, title=post.title, body=post.body)


@app.get("/posts")
def posts():
    return render_template("posts.html", posts=db.session.scalars(select(Post).order_by(Post.id.desc()).limit(20)))
