package kassa.bootstrap.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class file of a class. ArchUnit imports members and calls; arithmetic, monitors and names of
 * parameters are read here.
 *
 * @param name the name of the class
 * @param model its class file
 */
record Bytecode(String name, ClassModel model) {

  static Bytecode of(JavaClass type) {
    try (InputStream content = type.getSource().orElseThrow().getUri().toURL().openStream()) {
      return new Bytecode(type.getName(), ClassFile.of().parse(content.readAllBytes()));
    } catch (IOException defect) {
      throw new UncheckedIOException(defect);
    }
  }

  /** The fields, methods and instructions that have to do with {@code float} or {@code double}. */
  List<String> floatingPoint() {
    Stream<String> fields =
        model.fields().stream()
            .filter(field -> isFloating(field.fieldType().stringValue()))
            .map(field -> "Field <" + nameOf(field) + "> is floating");
    Stream<String> signatures =
        model.methods().stream()
            .filter(method -> isFloating(method.methodType().stringValue()))
            .map(method -> "Method <" + nameOf(method) + "> takes or returns what is floating");
    Stream<String> instructions =
        model.methods().stream()
            .flatMap(method ->
                instructions(method)
                    .filter(Bytecode::isFloating)
                    .map(Bytecode::describe)
                    .distinct()
                    .map(what -> "Method <" + nameOf(method) + "> computes with " + what));
    return Stream.of(fields, signatures, instructions).flatMap(Function.identity()).toList();
  }

  /** The methods that lock a monitor, by keyword or by block. */
  List<String> monitors() {
    return model.methods().stream()
        .filter(method ->
            method.flags().has(AccessFlag.SYNCHRONIZED)
                || instructions(method).anyMatch(MonitorInstruction.class::isInstance))
        .map(method -> "Method <" + nameOf(method) + "> is synchronized")
        .toList();
  }

  /** The parameters whose names match; known for methods that have a body. */
  List<String> parameters(Pattern names) {
    return model.methods().stream()
        .flatMap(method ->
            parameterNames(method)
                .filter(parameter -> names.matcher(parameter).matches())
                .map(parameter ->
                    "Parameter <"
                        + parameter
                        + "> of <"
                        + nameOf(method)
                        + "> is called a superlative"))
        .toList();
  }

  private static Stream<String> parameterNames(MethodModel method) {
    int slots =
        (method.flags().has(AccessFlag.STATIC) ? 0 : 1)
            + method.methodTypeSymbol().parameterList().stream()
                .mapToInt(parameter -> TypeKind.from(parameter).slotSize())
                .sum();
    return method.code().stream()
        .flatMap(code -> code.findAttributes(Attributes.localVariableTable()).stream())
        .flatMap(table -> table.localVariables().stream())
        .filter(variable -> variable.startPc() == 0 && variable.slot() < slots)
        .map(variable -> variable.name().stringValue());
  }

  private static Stream<Instruction> instructions(MethodModel method) {
    return method.code().stream()
        .flatMap(CodeModel::elementStream)
        .<Instruction>mapMulti(Bytecode::onlyInstruction);
  }

  private static void onlyInstruction(CodeElement element, Consumer<Instruction> next) {
    if (element instanceof Instruction instruction) {
      next.accept(instruction);
    }
  }

  private static boolean isFloating(Instruction instruction) {
    return switch (instruction) {
      case ArrayLoadInstruction load -> isFloating(load.typeKind());
      case ArrayStoreInstruction store -> isFloating(store.typeKind());
      case ConstantInstruction constant -> isFloating(constant.typeKind());
      case ConvertInstruction convert ->
          isFloating(convert.fromType()) || isFloating(convert.toType());
      case FieldInstruction field -> isFloating(field.type().stringValue());
      case InvokeInstruction invoke -> isFloating(invoke.type().stringValue());
      case LoadInstruction load -> isFloating(load.typeKind());
      case NewPrimitiveArrayInstruction array -> isFloating(array.typeKind());
      case OperatorInstruction operator -> isFloating(operator.typeKind());
      case ReturnInstruction result -> isFloating(result.typeKind());
      case StoreInstruction store -> isFloating(store.typeKind());
      default -> false;
    };
  }

  private static boolean isFloating(TypeKind kind) {
    return kind == TypeKind.FLOAT || kind == TypeKind.DOUBLE;
  }

  private static boolean isFloating(String descriptor) {
    String primitives = descriptor.replaceAll("L[^;]*;", "");
    return primitives.contains("F") || primitives.contains("D");
  }

  private static String describe(Instruction instruction) {
    return switch (instruction) {
      case InvokeInstruction invoke ->
          simple(invoke.owner().asInternalName()) + "." + invoke.name().stringValue();
      case FieldInstruction field ->
          simple(field.owner().asInternalName()) + "." + field.name().stringValue();
      default -> instruction.opcode().name();
    };
  }

  private static String simple(String internalName) {
    return internalName.substring(internalName.lastIndexOf('/') + 1);
  }

  private String nameOf(FieldModel field) {
    return name + "." + field.fieldName().stringValue();
  }

  private String nameOf(MethodModel method) {
    String parameters =
        method.methodTypeSymbol().parameterList().stream()
            .map(parameter -> parameter.displayName())
            .collect(Collectors.joining(", "));
    return name + "." + method.methodName().stringValue() + "(" + parameters + ")";
  }
}
