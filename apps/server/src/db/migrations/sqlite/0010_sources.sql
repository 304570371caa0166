CREATE TABLE `sources` (
	`id` text PRIMARY KEY NOT NULL,
	`group_id` text NOT NULL,
	`name` text NOT NULL,
	`config` text NOT NULL,
	`rules` text NOT NULL,
	`schedule` text NOT NULL,
	`most` integer NOT NULL,
	`board` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`next_at` integer,
	`done_until` text,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `sources_group` ON `sources` (`group_id`);--> statement-breakpoint
CREATE INDEX `sources_next` ON `sources` (`next_at`);--> statement-breakpoint
CREATE TABLE `source_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`source` text NOT NULL,
	`kind` text NOT NULL,
	`slot` integer NOT NULL,
	`reach` text NOT NULL,
	`state` text NOT NULL,
	`tries` integer NOT NULL,
	`next_try` integer,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`report` text,
	`reason` text,
	FOREIGN KEY (`source`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `source_runs_slot` ON `source_runs` (`source`,`slot`);--> statement-breakpoint
CREATE INDEX `source_runs_next` ON `source_runs` (`next_try`);--> statement-breakpoint
CREATE TABLE `source_items` (
	`source` text NOT NULL,
	`key` text NOT NULL,
	`run` text NOT NULL,
	`day` text NOT NULL,
	`paper` text NOT NULL,
	`marks` text NOT NULL,
	`position` integer NOT NULL,
	`placed_at` integer,
	PRIMARY KEY(`source`, `key`),
	FOREIGN KEY (`source`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `source_items_day` ON `source_items` (`source`,`day`);