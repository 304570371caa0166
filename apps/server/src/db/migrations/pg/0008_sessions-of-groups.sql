CREATE TABLE "group_sessions" (
	"group_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"time" text COLLATE "C",
	"minutes" integer NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"papers" jsonb NOT NULL,
	"guests" jsonb NOT NULL,
	"cancelled" boolean NOT NULL,
	"planned_by" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "group_sessions_group_id_key_pk" PRIMARY KEY("group_id","key")
);
--> statement-breakpoint
ALTER TABLE "group_sessions" ADD CONSTRAINT "group_sessions_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "group_sessions_day" ON "group_sessions" USING btree ("day");