CREATE TABLE "meetings" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"group_id" text COLLATE "C" NOT NULL,
	"session" text COLLATE "C",
	"title" text COLLATE "C" NOT NULL,
	"rule" jsonb NOT NULL,
	"votes_close_at" bigint,
	"started_at" bigint,
	"ended_at" bigint,
	"created_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "meetings_group" ON "meetings" USING btree ("group_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "meetings_session" ON "meetings" USING btree ("group_id","session");--> statement-breakpoint
UPDATE "groups" SET "settings" = jsonb_set("settings", '{guests}', '"take-part"');