-- Trigrams let an operator search for any words inside the errors of all runs.
create extension if not exists pg_trgm;
