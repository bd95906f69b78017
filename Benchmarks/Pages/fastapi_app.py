"""The peer of main.swift in FastAPI with asyncpg. It speaks to PostgreSQL alone."""

import os
from contextlib import asynccontextmanager

import asyncpg
from fastapi import FastAPI, HTTPException, Request
from fastapi.templating import Jinja2Templates


@asynccontextmanager
async def lifespan(app):
    app.state.pool = await asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=5, max_size=15)
    yield
    await app.state.pool.close()


app = FastAPI(lifespan=lifespan)
templates = Jinja2Templates(os.path.join(os.path.dirname(__file__), "templates"))


@app.get("/post/{id}")
async def post(id: int):
    row = await app.state.pool.fetchrow("SELECT id, author, title, body FROM post WHERE id = $1", id)
    if row is None:
        raise HTTPException(404)
    return dict(row)


@app.get("/posts")
async def posts(request: Request):
    rows = await app.state.pool.fetch("SELECT id, author, title, body FROM post ORDER BY id DESC LIMIT 20")
    return templates.TemplateResponse(request, "posts.html", {"posts": rows})
