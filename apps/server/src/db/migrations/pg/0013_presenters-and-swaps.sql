CREATE TABLE "presenters" (
	"group_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"session" text COLLATE "C" NOT NULL,
	"member" text COLLATE "C" NOT NULL,
	"way" text COLLATE "C" NOT NULL,
	"asked" boolean NOT NULL,
	"put_by" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "presenters_group_id_key_pk" PRIMARY KEY("group_id","key")
);
--> statement-breakpoint
CREATE TABLE "swaps" (
	"group_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"asker" text COLLATE "C" NOT NULL,
	"member" text COLLATE "C" NOT NULL,
	"mine" text COLLATE "C" NOT NULL,
	"theirs" text COLLATE "C",
	"note" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"accepted" boolean,
	"answered_at" bigint,
	CONSTRAINT "swaps_group_id_key_pk" PRIMARY KEY("group_id","key")
);
--> statement-breakpoint
CREATE TABLE "schedules" (
	"group_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"until" text COLLATE "C",
	CONSTRAINT "schedules_group_id_key_pk" PRIMARY KEY("group_id","key")
);
--> statement-breakpoint
ALTER TABLE "presenters" ADD CONSTRAINT "presenters_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "swaps" ADD CONSTRAINT "swaps_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedules" ADD CONSTRAINT "schedules_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "presenters_at" ON "presenters" USING btree ("at");--> statement-breakpoint
CREATE INDEX "swaps_at" ON "swaps" USING btree ("at");