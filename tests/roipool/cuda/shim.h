// What a .cu file needs to be C++: it is included in front of it, and defines the words of CUDA.
// The other half, which runs the threads of a block, is shim.cpp.
#pragma once
#include <type_traits>
#include <utility>

#define __global__
#define __device__
// Only `extern __shared__` at file scope: the storage is shim.cpp's, as large as the launch says.
#define __shared__

struct Index {
    unsigned x, y, z;
};
extern Index threadIdx, blockIdx, blockDim, gridDim;

void __syncthreads();
void __syncwarp(unsigned mask = 0xFFFFFFFFu);
unsigned __match_any_sync(unsigned mask, int value);
float atomicAdd(float *where, float value);
double atomicAdd(double *where, double value);

// Compiled with -ffp-contract=off, so that these are the plain operations.
inline double __dadd_rn(double a, double b) { return a + b; }
inline double __dmul_rn(double a, double b) { return a * b; }
inline double __ddiv_rn(double a, double b) { return a / b; }
inline int __popc(unsigned x) { return __builtin_popcount(x); }
inline int __ffs(int x) { return __builtin_ffs(x); }
inline int __clz(int x) { return x ? __builtin_clz(x) : 32; }

template <typename To, typename From> To same_bits(From from)
{
    static_assert(sizeof(To) == sizeof(From));
    To to;
    __builtin_memcpy(&to, &from, sizeof to);
    return to;
}
inline int __float_as_int(float x) { return same_bits<int>(x); }
inline float __int_as_float(int x) { return same_bits<float>(x); }
inline long long __double_as_longlong(double x) { return same_bits<long long>(x); }
inline double __longlong_as_double(long long x) { return same_bits<double>(x); }

template <typename T> T min(T a, T b) { return b < a ? b : a; }
template <typename T> T max(T a, T b) { return a < b ? b : a; }
// Declared one by one: all of <cmath> takes longer to read than the kernels.
extern "C" {
double ceil(double);
double copysign(double, double);
double fabs(double);
double floor(double);
double fmax(double, double);
double fmin(double, double);
double rint(double);
double trunc(double);
}

// What a launch says of a kernel's parameters: "*f4 i8 ..." for (const float *, long long, ...).
template <typename T> void describe(char *&to)
{
    if constexpr (std::is_pointer_v<T>) {
        *to++ = '*';
        describe<std::remove_cv_t<std::remove_pointer_t<T>>>(to);
    } else {
        // A struct of two bytes is the .cu's half.
        const bool real = std::is_floating_point_v<T> || (std::is_class_v<T> && sizeof(T) == 2);
        static_assert(real || std::is_integral_v<T>);
        *to++ = real ? 'f' : 'i';
        *to++ = (char)('0' + sizeof(T));
        *to++ = ' ';
    }
}

typedef void (*Call)(void **args);
void add_kernel(const char *name, const char *parameters, Call call);

template <auto kernel> struct Entry;
template <typename... Parameters, void (*kernel)(Parameters...)> struct Entry<kernel> {
    template <std::size_t... i>
    __attribute__((no_sanitize("thread"))) static void unpack(void **args, std::index_sequence<i...>)
    {
        kernel(*(Parameters *)args[i]...);
    }
    static void call(void **args) { unpack(args, std::index_sequence_for<Parameters...>()); }
    explicit Entry(const char *name)
    {
        char text[256] = {}, *to = text;
        (describe<Parameters>(to), ...);
        add_kernel(name, text, call);
    }
};
