CREATE TABLE `meetings` (
	`id` text PRIMARY KEY NOT NULL,
	`group_id` text NOT NULL,
	`session` text,
	`title` text NOT NULL,
	`rule` text NOT NULL,
	`votes_close_at` integer,
	`started_at` integer,
	`ended_at` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `meetings_group` ON `meetings` (`group_id`,`created_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `meetings_session` ON `meetings` (`group_id`,`session`);--> statement-breakpoint
UPDATE `groups` SET `settings` = json_set(`settings`, '$.guests', 'take-part');