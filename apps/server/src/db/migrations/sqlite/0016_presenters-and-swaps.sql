CREATE TABLE `presenters` (
	`group_id` text NOT NULL,
	`key` text NOT NULL,
	`session` text NOT NULL,
	`member` text NOT NULL,
	`way` text NOT NULL,
	`asked` integer NOT NULL,
	`put_by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`group_id`, `key`),
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `presenters_at` ON `presenters` (`at`);--> statement-breakpoint
CREATE TABLE `swaps` (
	`group_id` text NOT NULL,
	`key` text NOT NULL,
	`asker` text NOT NULL,
	`member` text NOT NULL,
	`mine` text NOT NULL,
	`theirs` text,
	`note` text NOT NULL,
	`at` integer NOT NULL,
	`accepted` integer,
	`answered_at` integer,
	PRIMARY KEY(`group_id`, `key`),
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `swaps_at` ON `swaps` (`at`);--> statement-breakpoint
CREATE TABLE `schedules` (
	`group_id` text NOT NULL,
	`key` text NOT NULL,
	`until` text,
	PRIMARY KEY(`group_id`, `key`),
	FOREIGN KEY (`group_id`) REFERENCES `groups`(`id`) ON UPDATE no action ON DELETE cascade
);
