CREATE TABLE `group_sessions` (
	`group_id` text NOT NULL,
	`key` text NOT NULL,
	`day` text NOT NULL,
	`time` text,
	`minutes` integer NOT NULL,
	`title` text NOT NULL,
	`place` text NOT NULL,
	`papers` text NOT NULL,
	`guests` text NOT NULL,
	`cancelled` integer NOT NULL,
	`planned_by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`group_id`, `key`),
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `group_sessions_day` ON `group_sessions` (`day`);