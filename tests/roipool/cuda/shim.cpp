// Runs a kernel's threads as fibers, one block after another, and watches what they do.
//
// One file, because fibers, barriers and the watch over memory share the state of the one launch.
//
// - Blocks run in an order drawn from a seed, and so do the threads between two barriers.
// - Shared memory is filled with rubbish before each block.
// - A barrier that not every thread of the block (or lane of the mask) reaches is an error.
// - Built with -fsanitize=thread the kernel calls __tsan_read4 and the like before every access.
//   Here, and not in that sanitizer's library, they look at it: one that lies outside the arrays of
//   the launch is an error and does not happen, and so are two of the same bytes by different
//   threads, one of them a write, with no barrier between (__match_any_sync orders no memory).
#include <csetjmp>
#include <cstring>
#include <string>
#include <ucontext.h>
#include <unordered_map>
#include <vector>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#endif

struct Index {
    unsigned x, y, z;
};
Index threadIdx, blockIdx, blockDim, gridDim;

static const size_t SHARED_LIMIT = 48 * 1024, STACK = 64 * 1024, WARP = 32;
alignas(16) long long shared_words[SHARED_LIMIT / 8];

typedef void (*Call)(void **args);
struct Kernel {
    std::string parameters;
    Call call;
};
static std::unordered_map<std::string, Kernel> &kernels()
{
    static std::unordered_map<std::string, Kernel> all;
    return all;
}
void add_kernel(const char *name, const char *parameters, Call call)
{
    kernels()[name] = {parameters, call};
}

enum State { READY, AT_BLOCK, AT_WARP, AT_MATCH, DONE };
struct Fiber {
    ucontext_t context;
    std::vector<char> stack;
    State state;
    unsigned mask, result;
    int value;
};

static std::vector<Fiber> fibers;
static ucontext_t scheduler;
static jmp_buf launch;
static size_t current, threads;
static bool running, in_fiber;
static Call call;
static void **call_args;
static std::string error;

static unsigned long long dice;
static size_t draw(size_t below)
{
    dice = dice * 6364136223846793005ULL + 1442695040888963407ULL;
    return (size_t)((dice >> 33) % below);
}

static void fail(const std::string &what)
{
    if (error.empty())
        error = what + " (block " + std::to_string(blockIdx.x) + ", thread " +
                std::to_string(current) + ")";
}

// ---- Barriers -----------------------------------------------------------------------------------

static size_t block_epoch;
static std::vector<size_t> warp_epoch;

static void wait(State state)
{
    if (!in_fiber) {
        fail("a barrier in a kernel that was launched as one without barriers");
        longjmp(launch, 1);
    }
    fibers[current].state = state;
    swapcontext(&fibers[current].context, &scheduler);
}

void __syncthreads() { wait(AT_BLOCK); }

void __syncwarp(unsigned mask)
{
    if (in_fiber)
        fibers[current].mask = mask;
    wait(AT_WARP);
}

unsigned __match_any_sync(unsigned mask, int value)
{
    if (in_fiber) {
        fibers[current].mask = mask;
        fibers[current].value = value;
    }
    wait(AT_MATCH);
    return fibers[current].result;
}

// Lets the lanes of a warp go on once all that the mask names have come.
static bool release_warp(size_t first)
{
    const size_t lanes = threads - first < WARP ? threads - first : WARP;
    for (size_t lane = 0; lane < lanes; ++lane) {
        Fiber &fiber = fibers[first + lane];
        if (fiber.state != AT_WARP && fiber.state != AT_MATCH)
            continue;
        const unsigned mask = fiber.mask;
        bool together = mask >> lane & 1;
        for (size_t other = 0; other < WARP; ++other)
            if (mask >> other & 1)
                together = together && other < lanes &&
                           fibers[first + other].state == fiber.state &&
                           fibers[first + other].mask == mask;
        if (!together)
            continue;
        const State state = fiber.state;
        for (size_t a = 0; a < lanes; ++a) {
            if (!(mask >> a & 1))
                continue;
            Fiber &arrived = fibers[first + a];
            arrived.result = 0;
            for (size_t b = 0; b < lanes; ++b)
                if (mask >> b & 1 && fibers[first + b].value == arrived.value)
                    arrived.result |= 1u << b;
            arrived.state = READY;
        }
        if (state == AT_WARP && mask == 0xFFFFFFFFu)
            ++warp_epoch[first / WARP];
        return true;
    }
    return false;
}

static bool release()
{
    bool released = false;
    for (size_t first = 0; first < threads; first += WARP)
        released = release_warp(first) || released;
    if (released)
        return true;
    for (const Fiber &fiber : fibers)
        if (fiber.state != AT_BLOCK)
            return false;
    for (Fiber &fiber : fibers)
        fiber.state = READY;
    ++block_epoch;
    return true;
}

// ---- Watching memory ----------------------------------------------------------------------------

struct Array {
    size_t start, stop;
};
static std::vector<Array> arrays;

struct Access {
    size_t block, thread, block_epoch, warp_epoch;
};
struct History {
    std::vector<Access> reads, writes;
};
static std::unordered_map<size_t, History> histories;
static size_t launch_frame;

// Ends a thread that is about to touch what is not its own.
[[noreturn]] static void abandon()
{
    if (in_fiber) {
        fibers[current].state = DONE;
        setcontext(&scheduler);
    }
    longjmp(launch, 1);
}

static bool ordered(const Access &before, const Access &now)
{
    if (before.block != now.block)
        return false;
    return before.thread == now.thread || before.block_epoch < now.block_epoch ||
           (before.thread / WARP == now.thread / WARP && before.warp_epoch < now.warp_epoch);
}

// A thread's own variables, and its indices.
static bool is_own(size_t address)
{
    for (const Index *index : {&threadIdx, &blockIdx, &blockDim, &gridDim})
        if (address >= (size_t)index && address < (size_t)(index + 1))
            return true;
    if (!in_fiber)
        return address > (size_t)__builtin_frame_address(0) && address < launch_frame;
    const size_t stack = (size_t)fibers[current].stack.data();
    return address >= stack && address < stack + STACK;
}

static void watch(void *pointer, size_t bytes, bool write)
{
    if (!running)
        return;
    const size_t start = (size_t)pointer;
    if (is_own(start))
        return;
    bool inside = false;
    for (const Array &array : arrays)
        inside = inside || (start >= array.start && start + bytes <= array.stop);
    if (!inside) {
        fail(write ? "a write outside every array" : "a read outside every array");
        abandon();
    }
    const Access now = {blockIdx.x, current, block_epoch,
                        warp_epoch.empty() ? 0 : warp_epoch[current / WARP]};
    // Two bytes are the smallest thing a kernel stores.
    for (size_t at = start / 2; at < (start + bytes + 1) / 2; ++at) {
        History &history = histories[at];
        for (const Access &before : history.writes)
            if (!ordered(before, now))
                fail(write ? "two writes with no barrier between" : "a read races with a write");
        if (write) {
            for (const Access &before : history.reads)
                if (!ordered(before, now))
                    fail("a write races with a read");
            history.reads.clear();
            history.writes.assign(1, now);
        } else {
            const bool again = !history.reads.empty() &&
                               history.reads.back().thread == now.thread &&
                               history.reads.back().block == now.block;
            // A later read of the same thread is the one that a write must come after.
            if (again)
                history.reads.back() = now;
            else
                history.reads.push_back(now);
        }
    }
}

extern "C" {
void __tsan_init() {}
void __tsan_func_entry(void *) {}
void __tsan_func_exit() {}
#define WATCH(bytes)                                                                  \
    void __tsan_read##bytes(void *p) { watch(p, bytes, false); }                      \
    void __tsan_write##bytes(void *p) { watch(p, bytes, true); }                      \
    void __tsan_unaligned_read##bytes(void *p) { watch(p, bytes, false); }            \
    void __tsan_unaligned_write##bytes(void *p) { watch(p, bytes, true); }
WATCH(1) WATCH(2) WATCH(4) WATCH(8) WATCH(16)
void __tsan_read_range(void *p, size_t bytes) { watch(p, bytes, false); }
void __tsan_write_range(void *p, size_t bytes) { watch(p, bytes, true); }
void *__tsan_memcpy(void *to, const void *from, size_t n) { return memcpy(to, from, n); }
void *__tsan_memset(void *to, int value, size_t n) { return memset(to, value, n); }
}

template <typename T> static T add(T *where, T value)
{
    // Atomics need no barrier among themselves, but they must hit an array.
    bool inside = arrays.empty();
    for (const Array &array : arrays)
        inside = inside || ((size_t)where >= array.start && (size_t)(where + 1) <= array.stop);
    if (!inside) {
        fail("an atomic outside every array");
        abandon();
    }
    const T before = *where;
    *where = before + value;
    return before;
}
float atomicAdd(float *where, float value) { return add(where, value); }
double atomicAdd(double *where, double value) { return add(where, value); }

// ---- Launch -------------------------------------------------------------------------------------

static void thread_of(size_t thread)
{
    current = thread;
    threadIdx.x = (unsigned)(thread % blockDim.x);
    threadIdx.y = (unsigned)(thread / blockDim.x % blockDim.y);
    threadIdx.z = (unsigned)(thread / blockDim.x / blockDim.y);
}

static void fiber_main()
{
    call(call_args);
    fibers[current].state = DONE;
    swapcontext(&fibers[current].context, &scheduler);
}

static void run_block_as_fibers()
{
    in_fiber = true;
    fibers.resize(threads);
    warp_epoch.assign((threads + WARP - 1) / WARP, 0);
    for (Fiber &fiber : fibers) {
        fiber.stack.resize(STACK);
#if defined(__SANITIZE_ADDRESS__)
        // The last thread that ran here never returned from fiber_main.
        ASAN_UNPOISON_MEMORY_REGION(fiber.stack.data(), STACK);
#endif
        getcontext(&fiber.context);
        fiber.context.uc_stack.ss_sp = fiber.stack.data();
        fiber.context.uc_stack.ss_size = STACK;
        fiber.context.uc_link = nullptr;
        makecontext(&fiber.context, fiber_main, 0);
        fiber.state = READY;
    }
    std::vector<size_t> order(threads);
    for (size_t i = 0; i < threads; ++i)
        order[i] = i;
    for (bool any = true; any && error.empty();) {
        for (size_t i = threads; i > 1; --i)
            std::swap(order[i - 1], order[draw(i)]);
        any = false;
        for (size_t thread : order)
            if (fibers[thread].state == READY) {
                any = true;
                thread_of(thread);
                swapcontext(&scheduler, &fibers[thread].context);
            }
        bool waiting = false;
        for (const Fiber &fiber : fibers)
            waiting = waiting || fiber.state != DONE;
        if (!waiting)
            break;
        if (!release() && !any)
            fail("a barrier that not every thread reaches");
        any = true;
    }
    in_fiber = false;
}

static void run_threads()
{
    for (size_t i = 0; i < threads; ++i) {
        thread_of(i);
        call(call_args);
    }
}

static void run_block_plainly()
{
    if (setjmp(launch) == 0)
        run_threads();
}

extern "C" const char *shim_parameters(const char *name)
{
    const auto found = kernels().find(name);
    return found == kernels().end() ? nullptr : found->second.parameters.c_str();
}

// ranges: start and stop of every array that the kernel is given. Null, or what went wrong.
extern "C" const char *shim_launch(const char *name, const unsigned *grid, const unsigned *block,
                                   size_t shared_bytes, void **args, const size_t *ranges,
                                   size_t range_count, unsigned long long seed, int has_barriers)
{
    error.clear();
    if (shared_bytes > SHARED_LIMIT)
        return "more shared memory than a block has by default";
    gridDim = {grid[0], grid[1], grid[2]};
    blockDim = {block[0], block[1], block[2]};
    threads = (size_t)block[0] * block[1] * block[2];
    if (threads > 1024 || threads == 0 || grid[0] == 0 || grid[0] > 0x7FFFFFFFu)
        return "a grid or block that CUDA refuses";
    call = kernels().at(name).call;
    call_args = args;
    dice = seed * 2654435761u + 1;
    arrays.clear();
    histories.clear();
    for (size_t i = 0; i < range_count; ++i)
        arrays.push_back({ranges[2 * i], ranges[2 * i + 1]});
    const size_t shared = (size_t)shared_words;
    arrays.push_back({shared, shared + shared_bytes});
    const size_t blocks = grid[0];
    // Every block once, in an order that the seed gives: a step that shares no factor with blocks.
    size_t step = draw(blocks) + 1;
    auto shared_factor = [](size_t a, size_t b) {
        while (b) {
            const size_t rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    };
    while (shared_factor(step, blocks) != 1)
        ++step;
    size_t at = draw(blocks);
    launch_frame = (size_t)__builtin_frame_address(0);
    running = true;
    for (size_t count = 0; count < blocks && error.empty(); ++count, at = (at + step) % blocks) {
        blockIdx = {(unsigned)at, 0, 0};
        block_epoch = 0;
        memset(shared_words, 0x7B, SHARED_LIMIT);
        for (size_t word = shared / 2; word < (shared + SHARED_LIMIT) / 2 && !histories.empty();
             ++word)
            histories.erase(word);
#if defined(__SANITIZE_ADDRESS__)
        ASAN_POISON_MEMORY_REGION((char *)shared_words + shared_bytes, SHARED_LIMIT - shared_bytes);
#endif
        if (has_barriers)
            run_block_as_fibers();
        else
            run_block_plainly();
#if defined(__SANITIZE_ADDRESS__)
        ASAN_UNPOISON_MEMORY_REGION(shared_words, SHARED_LIMIT);
#endif
    }
    running = false;
    arrays.clear();
    return error.empty() ? nullptr : error.c_str();
}
