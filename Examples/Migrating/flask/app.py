"""A guestbook, as it was written for Flask. It lives in guestbook.db, or in the database that DATABASE_URL names."""

import os
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, flash, g, redirect, render_template, request, session, url_for
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, ForeignKey, String, Text, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column, relationship
from werkzeug.security import check_password_hash, generate_password_hash

HERE = Path(__file__).parent.parent

app = Flask(__name__, template_folder=HERE / "templates", static_folder=HERE / "static")
app.config["SECRET_KEY"] = os.environ.get("SECRET_KEY", "only-for-development")
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ.get("DATABASE_URL", f"sqlite:///{HERE / 'guestbook.db'}")
db = SQLAlchemy(app)


class Member(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    password: Mapped[str] = mapped_column(Text)


class Entry(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    text: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(DateTime)
    member: Mapped[Member] = relationship(lazy="joined")


@app.before_request
def load_member():
    g.member = db.session.get(Member, session["member_id"]) if "member_id" in session else None


@app.get("/")
def index():
    page = db.paginate(select(Entry).order_by(Entry.id.desc()), per_page=10)
    return render_template("index.html", page=page, server="Flask")


@app.post("/write")
def write():
    if g.member is None:
        flash("Log in first.")
        return redirect(url_for("login"))
    text = request.form["text"].strip()
    if text:
        db.session.add(Entry(member_id=g.member.id, text=text, created=datetime.now(UTC).replace(tzinfo=None)))
        db.session.commit()
        flash("Thank you.")
    return redirect(url_for("index"), code=303)


@app.route("/login", methods=["GET", "POST"])
def login():
    if request.method == "POST":
        member = db.session.scalar(select(Member).where(Member.name == request.form["name"]))
        if member and check_password_hash(member.password, request.form["password"]):
            session["member_id"] = member.id
            flash(f"Welcome back, {member.name}.")
            return redirect(url_for("index"), code=303)
        flash("The name or the password is wrong.")
    return render_template("login.html", title="Log in", server="Flask")


@app.route("/register", methods=["GET", "POST"])
def register():
    if request.method == "POST":
        name, password = request.form["name"], request.form["password"]
        db.session.add(Member(name=name, password=generate_password_hash(password)))
        try:
            db.session.commit()
            flash("You can log in now.")
            return redirect(url_for("login"), code=303)
        except IntegrityError:
            db.session.rollback()
            flash("That name is taken.")
    return render_template("login.html", title="Register", server="Flask")


@app.post("/logout")
def logout():
    session.pop("member_id", None)
    return redirect(url_for("index"), code=303)


with app.app_context():
    db.create_all()
