CREATE TABLE "sources" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"group_id" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"config" jsonb NOT NULL,
	"rules" jsonb NOT NULL,
	"schedule" jsonb NOT NULL,
	"most" integer NOT NULL,
	"board" text COLLATE "C" NOT NULL,
	"created_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"next_at" bigint,
	"done_until" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "source_runs" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"source" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"slot" bigint NOT NULL,
	"reach" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"tries" integer NOT NULL,
	"next_try" bigint,
	"started_at" bigint NOT NULL,
	"ended_at" bigint,
	"report" jsonb,
	"reason" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "source_items" (
	"source" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"run" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"paper" text COLLATE "C" NOT NULL,
	"marks" jsonb NOT NULL,
	"position" integer NOT NULL,
	"placed_at" bigint,
	CONSTRAINT "source_items_source_key_pk" PRIMARY KEY("source","key")
);
--> statement-breakpoint
ALTER TABLE "sources" ADD CONSTRAINT "sources_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_runs" ADD CONSTRAINT "source_runs_source_sources_id_fk" FOREIGN KEY ("source") REFERENCES "public"."sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_items" ADD CONSTRAINT "source_items_source_sources_id_fk" FOREIGN KEY ("source") REFERENCES "public"."sources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sources_group" ON "sources" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "sources_next" ON "sources" USING btree ("next_at");--> statement-breakpoint
CREATE UNIQUE INDEX "source_runs_slot" ON "source_runs" USING btree ("source","slot");--> statement-breakpoint
CREATE INDEX "source_runs_next" ON "source_runs" USING btree ("next_try");--> statement-breakpoint
CREATE INDEX "source_items_day" ON "source_items" USING btree ("source","day");