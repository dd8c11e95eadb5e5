ALTER TABLE "series" ADD COLUMN "season" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "churches" ADD COLUMN "last_season" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- The numbers that feeds have shown so far.
update series set season = numbered.season
from (select id, row_number() over (partition by church_id order by created_at, id) as season from series) numbered
where numbered.id = series.id;
--> statement-breakpoint
update churches set last_season = newest.season
from (select church_id, max(season) as season from series group by church_id) newest
where newest.church_id = churches.id;
--> statement-breakpoint
CREATE UNIQUE INDEX "series_church_id_season_index" ON "series" USING btree ("church_id","season");
--> statement-breakpoint
-- The row of the church is locked until the transaction ends, so no two series get one number. A number that is given,
-- as by a restored backup, is kept.
create function number_series() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  update public.churches
  set last_season = case new.season when 0 then last_season + 1 else greatest(last_season, new.season) end
  where id = new.church_id
  returning case new.season when 0 then last_season else new.season end into new.season;
  return new;
end
$$;
--> statement-breakpoint
create trigger number_series before insert on series for each row execute function number_series();
