/* loader.c - see loader.h */
#include "loader.h"

#include "hex.h"
#include "picture.h"
#include "vmapview/alloc.h"
#include "vmapview/error.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

enum state { IDLE, WORKING, FINISHED };

struct loader {
	const struct vmv_tui_world *world;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	enum state state;
	bool end;
	struct job job; /* the thread's while it is WORKING */
	int fd;
};

uint64_t clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void job_run(struct job *job, const struct vmv_tui_world *world)
{
	uint64_t start = clock_ms();

	if (job->kind == JOB_MAP) {
		job->picture = picture_load(world, job->target, job->needs);
		job->picture->when = clock_ms();
		picture_compare(job->picture, job->base);
		job->base = NULL;
		if (job->last)
			mark_steps_build(&job->picture->steps, &job->last->map, &job->picture->map);
	} else if (job->kind == JOB_LIST) {
		job->rc = world->list(world->data, job->pss, &job->list, &job->err);
	} else if (job->kind == JOB_MEMORY) {
		if (job->seek)
			seek_run(job->seek, &world->memory);
		else
			hex_look(job->hex, &world->memory);
	}
	job->cost = clock_ms() - start;
}

void job_done(struct job *job)
{
	free(job->target);
	free(job->hex);
	free(job->seek);
	picture_free(job->base);
	picture_free(job->last);
	picture_free(job->of);
	picture_free(job->picture);
	vmv_processes_done(&job->list);
	*job = (struct job){ 0 };
}

static void *work(void *arg)
{
	struct loader *l = arg;
	uint64_t one = 1;

	pthread_mutex_lock(&l->lock);
	for (;;) {
		while (!l->end && l->state != WORKING)
			pthread_cond_wait(&l->changed, &l->lock);
		if (l->end)
			break;
		pthread_mutex_unlock(&l->lock);
		job_run(&l->job, l->world);
		pthread_mutex_lock(&l->lock);
		l->state = FINISHED;
		/* The counter is 0 or 1, so this can't fail. */
		if (write(l->fd, &one, sizeof(one)) < 0)
			break;
	}
	pthread_mutex_unlock(&l->lock);
	return NULL;
}

struct loader *loader_open(const struct vmv_tui_world *world, struct vmv_error *err)
{
	struct loader *l = vmv_calloc(1, sizeof(*l));
	int rc;

	l->world = world;
	l->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (l->fd < 0) {
		vmv_fail(err, errno, "cannot get word of what was read: %m");
		free(l);
		return NULL;
	}
	pthread_mutex_init(&l->lock, NULL);
	pthread_cond_init(&l->changed, NULL);
	rc = pthread_create(&l->thread, NULL, work, l);
	if (rc) {
		vmv_fail(err, rc, "cannot start a thread: %m");
		close(l->fd);
		free(l);
		return NULL;
	}
	return l;
}

int loader_fd(const struct loader *l)
{
	return l->fd;
}

bool loader_start(struct loader *l, struct job *job)
{
	bool idle;

	pthread_mutex_lock(&l->lock);
	idle = l->state == IDLE;
	if (idle) {
		l->job = *job;
		*job = (struct job){ 0 };
		l->state = WORKING;
		pthread_cond_signal(&l->changed);
	}
	pthread_mutex_unlock(&l->lock);
	return idle;
}

bool loader_take(struct loader *l, struct job *job)
{
	bool finished;
	uint64_t count;

	pthread_mutex_lock(&l->lock);
	finished = l->state == FINISHED;
	if (finished && read(l->fd, &count, sizeof(count)) == sizeof(count)) {
		*job = l->job;
		l->job = (struct job){ 0 };
		l->state = IDLE;
	}
	pthread_mutex_unlock(&l->lock);
	return finished;
}

bool loader_close(struct loader *l)
{
	bool busy;

	if (!l)
		return true;
	pthread_mutex_lock(&l->lock);
	l->end = true;
	busy = l->state == WORKING;
	pthread_cond_signal(&l->changed);
	pthread_mutex_unlock(&l->lock);
	if (busy)
		return false;
	pthread_join(l->thread, NULL);
	job_done(&l->job);
	pthread_cond_destroy(&l->changed);
	pthread_mutex_destroy(&l->lock);
	close(l->fd);
	free(l);
	return true;
}
