-- pgvector is what the passages' embeddings are stored and searched with.
create extension if not exists vector;
