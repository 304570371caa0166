CREATE TABLE "meeting_actions" (
	"meeting" text COLLATE "C" NOT NULL,
	"group_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"paper" text COLLATE "C",
	"assignee" text COLLATE "C",
	"due" text COLLATE "C",
	"done_at" bigint,
	"at" bigint NOT NULL,
	CONSTRAINT "meeting_actions_meeting_key_pk" PRIMARY KEY("meeting","key")
);
--> statement-breakpoint
ALTER TABLE "meeting_actions" ADD CONSTRAINT "meeting_actions_meeting_meetings_id_fk" FOREIGN KEY ("meeting") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meeting_actions" ADD CONSTRAINT "meeting_actions_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "meeting_actions_assignee" ON "meeting_actions" USING btree ("assignee","group_id");--> statement-breakpoint
UPDATE "rooms" SET "projected_seq" = 0 WHERE "name" LIKE 'meeting/%';