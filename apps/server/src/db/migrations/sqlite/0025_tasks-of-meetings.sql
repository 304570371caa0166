CREATE TABLE `meeting_actions` (
	`meeting` text NOT NULL,
	`group_id` text NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`text` text NOT NULL,
	`paper` text,
	`assignee` text,
	`due` text,
	`done_at` integer,
	`at` integer NOT NULL,
	PRIMARY KEY(`meeting`, `key`),
	FOREIGN KEY (`meeting`) REFERENCES `meetings`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `meeting_actions_assignee` ON `meeting_actions` (`assignee`,`group_id`);--> statement-breakpoint
UPDATE `rooms` SET `projected_seq` = 0 WHERE `name` LIKE 'meeting/%';