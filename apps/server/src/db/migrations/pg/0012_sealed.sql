CREATE TABLE "sealed" (
	"meeting" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"thing" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"content" jsonb NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "sealed_meeting_kind_thing_person_pk" PRIMARY KEY("meeting","kind","thing","person")
);
--> statement-breakpoint
CREATE TABLE "unsealed" (
	"meeting" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"thing" text COLLATE "C" NOT NULL,
	"opened_by" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"result" jsonb,
	CONSTRAINT "unsealed_meeting_kind_thing_pk" PRIMARY KEY("meeting","kind","thing")
);
--> statement-breakpoint
ALTER TABLE "sealed" ADD CONSTRAINT "sealed_meeting_meetings_id_fk" FOREIGN KEY ("meeting") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sealed" ADD CONSTRAINT "sealed_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unsealed" ADD CONSTRAINT "unsealed_meeting_meetings_id_fk" FOREIGN KEY ("meeting") REFERENCES "public"."meetings"("id") ON DELETE cascade ON UPDATE no action;